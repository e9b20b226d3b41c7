docker run --rm -e ALIBABA_CLOUD_KMS_CLIENTKEY_FILEPATH=/run/kms/client.json -e "ALIBABA_CLOUD_KMS_PASSWORD=OldPw1!x&y" \
  -v ./keys/client.json:/run/kms/client.json:ro shop/orders
docker run -e client_key_private_key_path=/run/kms/mounted.json -e client_key_password=OldPw1\!x\&y -v "$PWD/keys/client.json:/run/kms/mounted.json:ro" shop/orders
docker run --env client_key_private_key_path=/run/bound/client.json --env client_key_password='OldPw1!x&y' --mount type=bind,src=$(pwd)/keys/client.json,target=/run/bound/client.json,readonly shop/orders
docker run -e client_key_private_key_path=/run/data/client.json -e client_key_password='OldPw1!x&y' -v data:/run/data shop/orders
