package demo

import (
	dkmsopenapi "github.com/aliyun/alibabacloud-dkms-gcs-go-sdk/openapi"
	"github.com/alibabacloud-go/tea/dara"
	"github.com/alibabacloud-go/tea/tea"
)

func orders() *dkmsopenapi.Config {
	return &dkmsopenapi.Config{
		Protocol:      tea.String("https"),
		ClientKeyFile: tea.String("keys/clientKey_KAAP.9d01c7e2-6c2b-4b7e-8a3d-5f0e1d2c3b4a.json"), // the key
		/* its password */
		Password: tea.String("nW7$#a&b*C?d!E~f^g%h@i_j-K0123456"),
		Endpoint: tea.String("kst-1.cryptoservice.kms.aliyuncs.com"),
	}
}

func reports() *dkmsopenapi.Config {
	return &dkmsopenapi.Config{ClientKeyFile: tea.String("keys/other.json"), Password: tea.String("OtherPw1!x")}
}

func raw() (*dkmsopenapi.Config, error) {
	config := &dkmsopenapi.Config{
		ClientKeyContent: dara.String(`{"KeyId":"KAAP.9d01c7e2-6c2b-4b7e-8a3d-5f0e1d2c3b4a","PrivateKeyData":"TUlJQ2FuYXJ5"}`),
	}
	config.Password = dara.String(`nW7$#a&b*C?d!E~f^g%h@i_j-K0123456`)
	return config, nil
}

func joined() *dkmsopenapi.Config {
	return &dkmsopenapi.Config{
		ClientKeyContent: tea.String("{\n  \"KeyId\": \"KAAP.9d01c7e2-6c2b-4b7e-8a3d-5f0e1d2c3b4a\",\n  \"PrivateKeyData\": \"TUlJQ2FuYXJ5\"\n}"),
		Password: tea.String("nW7$#a&b*C?d!E~f^g%h@i_j-K0123456"),
	}
}

func several() []*dkmsopenapi.Config {
	return []*dkmsopenapi.Config{
		{ClientKeyFile: tea.String("keys/clientKey_KAAP.9d01c7e2-6c2b-4b7e-8a3d-5f0e1d2c3b4a.json"), Password: tea.String("nW7$#a&b*C?d!E~f^g%h@i_j-K0123456")},
		{ClientKeyFile: tea.String("keys/other.json"), Password: tea.String("OtherPw1!x")},
	}
}

func unpaired() *dkmsopenapi.Config {
	return &dkmsopenapi.Config{Password: tea.String("OldPw1!x&y")}
}
