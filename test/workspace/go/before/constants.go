package demo

import (
	"os"
	"path/filepath"

	"github.com/alibabacloud-go/tea/tea"
	"github.com/aliyun/alibabacloud-dkms-gcs-go-sdk/openapi"
)

const KeyFile = "keys/clientKey_KAAP.66abf237-15d4-4cd3-9f6e-0a1b2c36b8cf.json"
const (
	EnvClientKeyPassword = "ENV_CLIENT_KEY_PASSWORD"
	ClientKeyName        = "clientKey_KAAP.66abf237-15d4-4cd3-9f6e-0a1b2c36b8cf.json"
)

var keyPassword string = "OldPw1!x&y"

func constants() *openapi.Config {
	return &openapi.Config{ClientKeyFile: tea.String(KeyFile), Password: &keyPassword}
}

func environment() *openapi.Config {
	password := os.Getenv(EnvClientKeyPassword)
	if password == "" {
		panic("ENV_CLIENT_KEY_PASSWORD is not set")
	}
	return &openapi.Config{ClientKeyFile: tea.String("keys/client.json"), Password: tea.String(password)}
}

func fallback() *openapi.Config {
	password := os.Getenv("KMS_PW")
	if password == "" {
		password = "OldPw1!x&y"
	}
	return &openapi.Config{ClientKeyFile: tea.String("keys/client.json"), Password: tea.String(password)}
}

func passed() *openapi.Config {
	return newConfig(filepath.Join("keys", ClientKeyName), "OldPw1!x&y")
}

func newConfig(file, secret string) *openapi.Config {
	return &openapi.Config{ClientKeyFile: tea.String(file), Password: tea.String(secret)}
}

func Exported(file, secret string) *openapi.Config {
	return &openapi.Config{ClientKeyFile: tea.String(file), Password: tea.String(secret)}
}

type settings struct {
	ClientKeyContent string `json:"clientKeyContent"`
	Password         string `json:"password" env:"KMS_PASSWORD"`
}

func bound(c settings) *openapi.Config {
	return &openapi.Config{ClientKeyContent: tea.String(c.ClientKeyContent), Password: tea.String(c.Password)}
}
