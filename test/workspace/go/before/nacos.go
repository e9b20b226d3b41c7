package demo

import (
	"os"

	"github.com/nacos-group/nacos-sdk-go/v2/common/constant"
)

func readFile(name string) string {
	bytes, err := os.ReadFile(name)
	if err != nil {
		panic(err)
	}
	return string(bytes)
}

func nacos() []constant.ClientOption {
	return []constant.ClientOption{
		constant.WithUsername("nacos"),
		constant.WithPassword("Nacos1!xyz"),
		constant.WithKMSVersion(constant.KMSv3),
		constant.WithKMSv3Config(&constant.KMSv3Config{
			ClientKeyContent: readFile("keys/clientKey_KAAP.66abf237-15d4-4cd3-9f6e-0a1b2c36b8cf.json"),
			Password:         readFile("keys/clientKey_KAAP.66abf237-15d4-4cd3-9f6e-0a1b2c36b8cf_Password.txt"),
			Endpoint:         "kst-1.cryptoservice.kms.aliyuncs.com",
		}),
	}
}

func literal() *constant.KMSv3Config {
	return &constant.KMSv3Config{
		ClientKeyContent: `{
    "KeyId": "KAAP.66abf237-15d4-4cd3-9f6e-0a1b2c36b8cf",
    "PrivateKeyData": "TUlJT2xk"
}`,
		Password: "OldPw1!x&y",
	}
}
