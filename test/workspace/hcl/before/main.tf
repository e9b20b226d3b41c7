# password = "Stale1!xyz"
resource "alicloud_kms_client_key" "orders" {
  aap_name              = "orders"
  password              = "OldPw1!x&y" // of the old key
  private_key_data_file = "./keys/clientKey_KAAP.66abf237-15d4-4cd3-9f6e-0a1b2c36b8cf.json"
}

resource "alicloud_kms_client_key" "exported" {
  aap_name              = "orders"
  password              = var.client_key_password
  private_key_data_file = "${path.module}/keys/private_key_data_file.txt"
}

resource "alicloud_kms_client_key" "reports" {
  aap_name              = "reports"
  password              = var.reports ? "OtherPw1!x" : local.password
  private_key_data_file = format("clientKey_KAAP.%s.json", var.id)
}

variable "client_key_password" {
  default   = "OldPw1!x&y"
  sensitive = true
}
