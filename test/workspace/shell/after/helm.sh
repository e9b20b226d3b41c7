helm upgrade --install kbs ./chart --namespace kbs \
  --set kbs.aliyunKms.password='nW7$#a&b*C?d!E~f^g%h@i_j-K0123456' \
  --set-file kbs.aliyunKms.clientKey=keys/clientKey_KAAP.9d01c7e2-6c2b-4b7e-8a3d-5f0e1d2c3b4a.json
helm install two ./chart --set-string "aliyunKms.clientKeyFile=keys/clientKey_KAAP.9d01c7e2-6c2b-4b7e-8a3d-5f0e1d2c3b4a.json,aliyunKms.password=nW7\$#a&b*C?d!E~f^g%h@i_j-K0123456" --set db.password=Sup3rS3cret
helm install three ./chart --set replicas=2,kms.password='nW7$#a&b*C?d!E~f^g%h@i_j-K0123456' --set-file=kms.clientKey=keys/clientKey_KAAP.9d01c7e2-6c2b-4b7e-8a3d-5f0e1d2c3b4a.json
helm install cache bitnami/redis --set tls.clientKey=keys/client.json --set auth.password=Sup3rS3cret
