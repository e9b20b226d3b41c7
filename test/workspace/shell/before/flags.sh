./bench -case=encrypt -endpoint=kst-1.cryptoservice.kms.aliyuncs.com -client_key_path=keys/client.json -client_key_password='OldPw1!x&y' \
  -concurrence_nums=32
./bench --endpoint kst-1.cryptoservice.kms.aliyuncs.com --client_key_file keys/other.json --client_key_password OtherPw1\!x
java -DkmsClientKeyFilePath=keys/client.json "-DkmsPasswordKey=OldPw1!x&y" -Dpassword=Sup3rS3cret -jar nacos.jar
java -jar kms-redis-samples.jar kst-1.cryptoservice.kms.aliyuncs.com keys/clientKey.json 'OldPw1!x&y' ca.pem
mosquitto_pub --cafile ca.pem --client-key keys/client-key.pem --client-key-password Sup3rS3cret
redis-cli --tls --client-key keys/client.json --client-key-password Sup3rS3cret
