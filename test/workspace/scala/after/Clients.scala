package demo

import com.aliyun.dkms.gcs.openapi.models.{Config, Request => Asked}
import com.aliyun.kms.kms20160120.model.KmsConfig

object Clients {
  private val KeyPassword = "nW7$#a&b*C?d!E~f^g%h@i_j-K0123456"

  def orders(): Config = {
    val config = new Config()
    config.setClientKeyFile("keys/clientKey_KAAP.9d01c7e2-6c2b-4b7e-8a3d-5f0e1d2c3b4a.json") // the key
    /* nested /* comment: config.setPassword("Stale1!xyz") */ still one */
    config.setPassword(KeyPassword)
    config
  }

  def reports() = new KmsConfig().setClientKeyFile("keys/other.json").setPassword("OtherPw1!x")

  def content(): KmsConfig = new KmsConfig()
    .setClientKeyContent("""{"KeyId":"KAAP.9d01c7e2-6c2b-4b7e-8a3d-5f0e1d2c3b4a","PrivateKeyData":"TUlJQ2FuYXJ5"}""")
    .setPassword(s"nW7$$#a&b*C?d!E~f^g%h@i_j-K0123456")

  def mapped() = Map("clientKeyFile" -> "keys/clientKey_KAAP.9d01c7e2-6c2b-4b7e-8a3d-5f0e1d2c3b4a.json", "password" -> "nW7$#a&b*C?d!E~f^g%h@i_j-K0123456")

  def plain() = new Config().setClientKeyFile(raw"keys/clientKey_KAAP.9d01c7e2-6c2b-4b7e-8a3d-5f0e1d2c3b4a.json").setPassword("nW7$#a&b*C?d!E~f^g%h@i_j-K0123456")

  def interpolated(folder: String) =
    new KmsConfig().setClientKeyFile(s"$folder/clientKey_KAAP.66abf237-15d4-4cd3-9f6e-0a1b2c36b8cf.json").setPassword("OldPw1!x&y")

  def margin() = new KmsConfig()
    .setClientKeyContent(
      """{"KeyId":
        |"KAAP.66abf237-15d4-4cd3-9f6e-0a1b2c36b8cf","PrivateKeyData":"TUlJT2xk"}""".stripMargin)
    .setPassword("OldPw1!x&y")
}
