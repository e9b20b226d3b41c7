./bench -case=encrypt -endpoint=kst-1.cryptoservice.kms.aliyuncs.com -client_key_path=keys/clientKey_KAAP.9d01c7e2-6c2b-4b7e-8a3d-5f0e1d2c3b4a.json -client_key_password='nW7$#a&b*C?d!E~f^g%h@i_j-K0123456' \
  -concurrence_nums=32
./bench --endpoint kst-1.cryptoservice.kms.aliyuncs.com --client_key_file keys/other.json --client_key_password OtherPw1\!x
java -DkmsClientKeyFilePath=keys/clientKey_KAAP.9d01c7e2-6c2b-4b7e-8a3d-5f0e1d2c3b4a.json "-DkmsPasswordKey=nW7\$#a&b*C?d!E~f^g%h@i_j-K0123456" -Dpassword=Sup3rS3cret -jar nacos.jar
java -jar kms-redis-samples.jar kst-1.cryptoservice.kms.aliyuncs.com keys/clientKey.json 'OldPw1!x&y' ca.pem
mosquitto_pub --cafile ca.pem --client-key keys/client-key.pem --client-key-password Sup3rS3cret
redis-cli --tls --client-key keys/client.json --client-key-password Sup3rS3cret
