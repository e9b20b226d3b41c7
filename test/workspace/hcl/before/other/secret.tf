locals {
  kms_client_key = <<-END
    {"KeyId":"KAAP.66abf237-15d4-4cd3-9f6e-0a1b2c36b8cf","PrivateKeyData":"TUlJT2xk"}
  END
  kms_password = "OldPw1!x&y"
}

resource "kubernetes_secret" "orders" {
  data = {
    client_key = file("${path.module}/../keys/client.json")
    password   = file("${path.module}/../keys/clientKey_KAAP.66abf237-15d4-4cd3-9f6e-0a1b2c36b8cf_Password.txt")
  }
}
