package demo

import (
	"os"
	"path/filepath"
	"strings"

	"github.com/alibabacloud-go/tea/tea"
	"github.com/aliyun/aliyun-secretsmanager-client-go/sdk/models"
	dedicated "github.com/aliyun/alibabacloud-dkms-gcs-go-sdk/openapi"
)

func byPath() *models.DkmsConfig {
	return &models.DkmsConfig{
		Config: &dedicated.Config{
			ClientKeyFile: tea.String("keys/client.json"),
		},
		PasswordFromFilePath: "keys/clientKey_KAAP.66abf237-15d4-4cd3-9f6e-0a1b2c36b8cf_Password.txt",
	}
}

func byName() *models.DkmsConfig {
	config := &models.DkmsConfig{PasswordFromEnvVariable: "KMS_PW"}
	config.ClientKeyFile = tea.String("keys/client.json")
	return config
}

func fromFile() (*dedicated.Config, error) {
	secret, err := os.ReadFile(filepath.Join("keys", "clientKey_KAAP.66abf237-15d4-4cd3-9f6e-0a1b2c36b8cf_Password.txt"))
	if err != nil {
		return nil, err
	}
	return &dedicated.Config{
		ClientKeyFile: tea.String(filepath.Join("keys", "client.json")),
		Password:      tea.String(strings.TrimSpace(string(secret))),
	}, nil
}

func variables() {
	os.Setenv("credentials_type", "client_key")
	os.Setenv("client_key_private_key_path", "keys/client.json")
	os.Setenv("client_key_password", "OldPw1!x&y")
}

func byMap() map[string]string {
	return map[string]string{"clientKeyFile": "keys/client.json", "password": "OldPw1!x&y"}
}

func loose() *dedicated.Config {
	return &dedicated.Config{
		AccessKeyId: tea.String("KAAP.66abf237-15d4-4cd3-9f6e-0a1b2c36b8cf"),
		PrivateKey:  tea.String("-----BEGIN RSA PRIVATE KEY-----"),
	}
}
