resource "alicloud_cs_managed_kubernetes" "ack" {
  name        = "ack"
  client_cert = "~/.kube/client-cert.pem"
  client_key  = "~/.kube/client-key.pem"
  password    = "Sup3rS3cret"
}

provider "kubernetes" {
  client_key = base64decode(data.ack.client_key)
  password   = "Sup3rS3cret"
}
