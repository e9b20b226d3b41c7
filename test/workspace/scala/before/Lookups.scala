package demo

import com.aliyun.kms.kms20160120.model._

class Lookups {
  def environment() = new KmsConfig()
    .setClientKeyFile("keys/client.json")
    .setPassword(sys.env("KMS_KEY_PASSWORD"))

  def fallback() = new KmsConfig()
    .setClientKeyFile(sys.env.getOrElse("KMS_KEY_FILE", "keys/client.json"))
    .setPassword(sys.env.getOrElse("KMS_KEY_PASSWORD", "OldPw1!x&y"))

  def files() = new KmsConfig()
    .setClientKeyFile(Paths.get("keys/client.json").toString)
    .setPassword(Source.fromFile("keys/clientKey_KAAP.66abf237-15d4-4cd3-9f6e-0a1b2c36b8cf_Password.txt").mkString.trim)

  def setting(settings: Settings) = new KmsConfig()
    .setClientKeyFile("keys/client.json")
    .setPassword(settings.getString("kms.key.password"))
}
