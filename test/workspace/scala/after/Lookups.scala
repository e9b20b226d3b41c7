package demo

import com.aliyun.kms.kms20160120.model._

class Lookups {
  def environment() = new KmsConfig()
    .setClientKeyFile("keys/client.json")
    .setPassword(sys.env("KMS_KEY_PASSWORD"))

  def fallback() = new KmsConfig()
    .setClientKeyFile(sys.env.getOrElse("KMS_KEY_FILE", "keys/clientKey_KAAP.9d01c7e2-6c2b-4b7e-8a3d-5f0e1d2c3b4a.json"))
    .setPassword(sys.env.getOrElse("KMS_KEY_PASSWORD", "nW7$#a&b*C?d!E~f^g%h@i_j-K0123456"))

  def files() = new KmsConfig()
    .setClientKeyFile(Paths.get("keys/clientKey_KAAP.9d01c7e2-6c2b-4b7e-8a3d-5f0e1d2c3b4a.json").toString)
    .setPassword(Source.fromFile("keys/clientKey_KAAP.9d01c7e2-6c2b-4b7e-8a3d-5f0e1d2c3b4a_Password.txt").mkString.trim)

  def setting(settings: Settings) = new KmsConfig()
    .setClientKeyFile("keys/client.json")
    .setPassword(settings.getString("kms.key.password"))
}
