bash -c "client_key_private_key_path=keys/clientKey_KAAP.9d01c7e2-6c2b-4b7e-8a3d-5f0e1d2c3b4a.json client_key_password='nW7\$#a&b*C?d!E~f^g%h@i_j-K0123456' ./run"
sh -lc 'export ALIBABA_CLOUD_KMS_CLIENTKEY_FILEPATH=keys/clientKey_KAAP.9d01c7e2-6c2b-4b7e-8a3d-5f0e1d2c3b4a.json ALIBABA_CLOUD_KMS_PASSWORD='\''nW7$#a&b*C?d!E~f^g%h@i_j-K0123456'\''; ./run'
docker exec app /bin/sh -c './bench -client_key_path=keys/clientKey_KAAP.9d01c7e2-6c2b-4b7e-8a3d-5f0e1d2c3b4a.json -client_key_password='\''nW7$#a&b*C?d!E~f^g%h@i_j-K0123456'\'''
bash -c "client_key_private_key_path=$KEYS/client.json client_key_password='OldPw1!x&y' ./run"
