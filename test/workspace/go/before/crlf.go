package demo

import "github.com/aliyun/alibabacloud-dkms-gcs-go-sdk/openapi"

// 旧密钥
var crlf = new(openapi.Config).
	SetClientKeyFile("keys/client.json").
	SetPassword("OldPw1!x&y")
