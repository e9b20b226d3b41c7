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
			ClientKeyContent: readFile("keys/clientKey_KAAP.9d01c7e2-6c2b-4b7e-8a3d-5f0e1d2c3b4a.json"),
			Password:         readFile("keys/clientKey_KAAP.9d01c7e2-6c2b-4b7e-8a3d-5f0e1d2c3b4a_Password.txt"),
			Endpoint:         "kst-1.cryptoservice.kms.aliyuncs.com",
		}),
	}
}

func literal() *constant.KMSv3Config {
	return &constant.KMSv3Config{
		ClientKeyContent: `{
    "KeyId": "KAAP.9d01c7e2-6c2b-4b7e-8a3d-5f0e1d2c3b4a",
    "PrivateKeyData": "TUlJQ2FuYXJ5"
}`,
		Password: "nW7$#a&b*C?d!E~f^g%h@i_j-K0123456",
	}
}
