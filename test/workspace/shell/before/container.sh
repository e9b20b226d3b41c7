docker run --rm -e ALIBABA_CLOUD_KMS_CLIENTKEY_FILEPATH=/run/kms/client.json -e "ALIBABA_CLOUD_KMS_PASSWORD=OldPw1!x&y" \
  -v ./keys/client.json:/run/kms/client.json:ro shop/orders
