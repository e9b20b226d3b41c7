package demo

// Config looks like the model of the SDK itself: no reference.
type Config struct {
	ClientKeyFile *string `json:"clientKeyFile,omitempty" xml:"clientKeyFile,omitempty"`
	Password      *string `json:"password,omitempty" xml:"password,omitempty"`
}

func (s *Config) SetClientKeyFile(v string) *Config {
	s.ClientKeyFile = &v
	return s
}

func (s *Config) SetPassword(v string) *Config {
	s.Password = &v
	return s
}

// config.SetClientKeyFile("keys/client.json").SetPassword("OldPw1!x&y")
var text = `&Config{ClientKeyFile: "keys/client.json", Password: "OldPw1!x&y"}`
