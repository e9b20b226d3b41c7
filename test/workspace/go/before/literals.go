package demo

import (
	dkmsopenapi "github.com/aliyun/alibabacloud-dkms-gcs-go-sdk/openapi"
	"github.com/alibabacloud-go/tea/dara"
	"github.com/alibabacloud-go/tea/tea"
)

func orders() *dkmsopenapi.Config {
	return &dkmsopenapi.Config{
		Protocol:      tea.String("https"),
		ClientKeyFile: tea.String("keys/clientKey_KAAP.66abf237-15d4-4cd3-9f6e-0a1b2c36b8cf.json"), // the key
		/* its password */
		Password: tea.String("OldPw1!x&y"),
		Endpoint: tea.String("kst-1.cryptoservice.kms.aliyuncs.com"),
	}
}

func reports() *dkmsopenapi.Config {
	return &dkmsopenapi.Config{ClientKeyFile: tea.String("keys/other.json"), Password: tea.String("OtherPw1!x")}
}

func raw() (*dkmsopenapi.Config, error) {
	config := &dkmsopenapi.Config{
		ClientKeyContent: dara.String(`{"KeyId":"KAAP.66abf237-15d4-4cd3-9f6e-0a1b2c36b8cf","PrivateKeyData":"TUlJT2xk"}`),
	}
	config.Password = dara.String(`OldPw1!x&y`)
	return config, nil
}

func joined() *dkmsopenapi.Config {
	return &dkmsopenapi.Config{
		ClientKeyContent: tea.String("{\n" +
			"  \"KeyId\": \"KAAP.66abf237-15d4-4cd3-9f6e-0a1b2c36b8cf\",\n" +
			"  \"PrivateKeyData\": \"TUlJT2xk\"\n}"),
		Password: tea.String("OldPw1" + "!x&y"),
	}
}

func several() []*dkmsopenapi.Config {
	return []*dkmsopenapi.Config{
		{ClientKeyFile: tea.String("keys/client.json"), Password: tea.String("OldPw1!x&y")},
		{ClientKeyFile: tea.String("keys/other.json"), Password: tea.String("OtherPw1!x")},
	}
}

func unpaired() *dkmsopenapi.Config {
	return &dkmsopenapi.Config{Password: tea.String("OldPw1!x&y")}
}
