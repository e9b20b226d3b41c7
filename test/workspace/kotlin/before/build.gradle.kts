val clientKeyFilePath = "keys/client.json"
val clientKeyPass = "OldPw1!x&y"
// kst-1.cryptoservice.kms.aliyuncs.com
val endpoint = "kst-1.cryptoservice.kms.aliyuncs.com"
