docker run --rm -e ALIBABA_CLOUD_KMS_CLIENTKEY_FILEPATH=/run/kms/clientKey_KAAP.9d01c7e2-6c2b-4b7e-8a3d-5f0e1d2c3b4a.json -e "ALIBABA_CLOUD_KMS_PASSWORD=nW7\$#a&b*C?d!E~f^g%h@i_j-K0123456" \
  -v ./keys/clientKey_KAAP.9d01c7e2-6c2b-4b7e-8a3d-5f0e1d2c3b4a.json:/run/kms/clientKey_KAAP.9d01c7e2-6c2b-4b7e-8a3d-5f0e1d2c3b4a.json:ro shop/orders
