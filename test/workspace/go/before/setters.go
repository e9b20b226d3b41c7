package demo

import openapi "github.com/aliyun/alibabacloud-kms-go-sdk/sdk"

type Service struct {
	config *openapi.Config
}

func chain() *openapi.Config {
	return new(openapi.Config).
		SetClientKeyFile("keys/client.json").
		// the password
		SetPassword("OldPw1!x&y")
}

func statements() {
	config := &openapi.Config{}
	config.SetClientKeyFile("./keys/client.json")
	config.SetPassword("OldPw1!x&y")
	config = &openapi.Config{}
	config.SetClientKeyFile("keys/other.json")
	config.SetPassword("OtherPw1!x")
}

func (s *Service) open() {
	s.config = &openapi.Config{}
	file, pass := "keys/client.json", "OldPw1!x&y"
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
