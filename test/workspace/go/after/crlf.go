package demo

import "github.com/aliyun/alibabacloud-dkms-gcs-go-sdk/openapi"

// 旧密钥
var crlf = new(openapi.Config).
	SetClientKeyFile("keys/clientKey_KAAP.9d01c7e2-6c2b-4b7e-8a3d-5f0e1d2c3b4a.json").
	SetPassword("nW7$#a&b*C?d!E~f^g%h@i_j-K0123456")
