kubectl create secret generic kms-orders --namespace shop \
  --from-file=clientkey=keys/client.json --from-file password="keys/clientKey_KAAP.66abf237-15d4-4cd3-9f6e-0a1b2c36b8cf_Password.txt"
kubectl create secret generic kms-reports --from-file=clientkey=keys/other.json --from-literal=password='OtherPw1!x'
kubectl create secret generic database --from-literal=password=Sup3rS3cret
kubectl create secret tls web --cert=tls.crt --key=tls.key
