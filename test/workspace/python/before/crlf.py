from openapi.models import *

# 旧密钥
config = Config(
    client_key_content="""{
  "KeyId": "KAAP.66abf237-15d4-4cd3-9f6e-0a1b2c36b8cf",
  "PrivateKeyData": "TUlJT2xk"
}""",
    password="OldPw1!x&y")
