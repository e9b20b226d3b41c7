kubectl create secret generic kms-orders --namespace shop \
  --from-file=clientkey=keys/clientKey_KAAP.9d01c7e2-6c2b-4b7e-8a3d-5f0e1d2c3b4a.json --from-file password="keys/clientKey_KAAP.9d01c7e2-6c2b-4b7e-8a3d-5f0e1d2c3b4a_Password.txt"
kubectl create secret generic kms-reports --from-file=clientkey=keys/other.json --from-literal=password='OtherPw1!x'
kubectl create secret generic database --from-literal=password=Sup3rS3cret
kubectl create secret tls web --cert=tls.crt --key=tls.key
