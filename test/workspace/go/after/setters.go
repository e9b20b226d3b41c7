package demo

import openapi "github.com/aliyun/alibabacloud-kms-go-sdk/sdk"

type Service struct {
	config *openapi.Config
}

func chain() *openapi.Config {
	return new(openapi.Config).
		SetClientKeyFile("keys/clientKey_KAAP.9d01c7e2-6c2b-4b7e-8a3d-5f0e1d2c3b4a.json").
		// the password
		SetPassword("nW7$#a&b*C?d!E~f^g%h@i_j-K0123456")
}

func statements() {
	config := &openapi.Config{}
	config.SetClientKeyFile("./keys/clientKey_KAAP.9d01c7e2-6c2b-4b7e-8a3d-5f0e1d2c3b4a.json")
	config.SetPassword("nW7$#a&b*C?d!E~f^g%h@i_j-K0123456")
	config = &openapi.Config{}
	config.SetClientKeyFile("keys/other.json")
	config.SetPassword("OtherPw1!x")
}

func (s *Service) open() {
	s.config = &openapi.Config{}
	file, pass := "keys/clientKey_KAAP.9d01c7e2-6c2b-4b7e-8a3d-5f0e1d2c3b4a.json", "nW7$#a&b*C?d!E~f^g%h@i_j-K0123456"
	s.config.ClientKeyFile = &file
	s.config.Password = &pass
}

func shared(database *Database) *openapi.Config {
	pass := "OldPw1!x&y"
	database.SetPassword(pass)
	return new(openapi.Config).SetClientKeyFile("keys/client.json").SetPassword(pass)
}

func reassigned(test bool) *openapi.Config {
	file := "keys/client.json"
	if test {
		file = "keys/other.json"
	}
	return new(openapi.Config).SetClientKeyFile(file).SetPassword("OldPw1!x&y")
}
