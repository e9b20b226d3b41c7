bash -c "client_key_private_key_path=keys/client.json client_key_password='OldPw1!x&y' ./run"
sh -lc 'export ALIBABA_CLOUD_KMS_CLIENTKEY_FILEPATH=keys/client.json ALIBABA_CLOUD_KMS_PASSWORD=OldPw1\!x\&y; ./run'
docker exec app /bin/sh -c './bench -client_key_path=keys/client.json -client_key_password='\''OldPw1!x&y'\'''
bash -c "client_key_private_key_path=$KEYS/client.json client_key_password='OldPw1!x&y' ./run"
