package demo

import (
	"os"
	"path/filepath"

	"github.com/alibabacloud-go/tea/tea"
	"github.com/aliyun/alibabacloud-dkms-gcs-go-sdk/openapi"
)

const KeyFile = "keys/clientKey_KAAP.9d01c7e2-6c2b-4b7e-8a3d-5f0e1d2c3b4a.json"
const (
	EnvClientKeyPassword = "ENV_CLIENT_KEY_PASSWORD"
	ClientKeyName        = "clientKey_KAAP.9d01c7e2-6c2b-4b7e-8a3d-5f0e1d2c3b4a.json"
)

var keyPassword string = "nW7$#a&b*C?d!E~f^g%h@i_j-K0123456"

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
		password = "nW7$#a&b*C?d!E~f^g%h@i_j-K0123456"
	}
	return &openapi.Config{ClientKeyFile: tea.String("keys/clientKey_KAAP.9d01c7e2-6c2b-4b7e-8a3d-5f0e1d2c3b4a.json"), Password: tea.String(password)}
}

func passed() *openapi.Config {
	return newConfig(filepath.Join("keys", ClientKeyName), "nW7$#a&b*C?d!E~f^g%h@i_j-K0123456")
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
