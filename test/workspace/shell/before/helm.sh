helm upgrade --install kbs ./chart --namespace kbs \
  --set kbs.aliyunKms.password='OldPw1!x&y' \
  --set-file kbs.aliyunKms.clientKey=keys/client.json
helm install two ./chart --set-string "aliyunKms.clientKeyFile=keys/client.json,aliyunKms.password=OldPw1!x&y" --set db.password=Sup3rS3cret
helm install three ./chart --set replicas=2,kms.password=OldPw1\!x\&y --set-file=kms.clientKey=keys/client.json
helm install cache bitnami/redis --set tls.clientKey=keys/client.json --set auth.password=Sup3rS3cret
