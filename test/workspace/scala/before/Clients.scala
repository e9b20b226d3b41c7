package demo

import com.aliyun.dkms.gcs.openapi.models.{Config, Request => Asked}
import com.aliyun.kms.kms20160120.model.KmsConfig

object Clients {
  private val KeyPassword = "OldPw1!x&y"

  def orders(): Config = {
    val config = new Config()
    config.setClientKeyFile("keys/clientKey_KAAP.66abf237-15d4-4cd3-9f6e-0a1b2c36b8cf.json") // the key
    /* nested /* comment: config.setPassword("Stale1!xyz") */ still one */
    config.setPassword(KeyPassword)
    config
  }

  def reports() = new KmsConfig().setClientKeyFile("keys/other.json").setPassword("OtherPw1!x")

  def content(): KmsConfig = new KmsConfig()
    .setClientKeyContent("""{"KeyId":"KAAP.66abf237-15d4-4cd3-9f6e-0a1b2c36b8cf","PrivateKeyData":"TUlJT2xk"}""")
    .setPassword(s"OldPw1!x&y")

  def mapped() = Map("clientKeyFile" -> "keys/client.json", "password" -> "OldPw1!x&y")

  def plain() = new Config().setClientKeyFile(raw"keys/client.json").setPassword(f"OldPw1!x&y")

  def interpolated(folder: String) =
    new KmsConfig().setClientKeyFile(s"$folder/clientKey_KAAP.66abf237-15d4-4cd3-9f6e-0a1b2c36b8cf.json").setPassword("OldPw1!x&y")

  def margin() = new KmsConfig()
    .setClientKeyContent(
      """{"KeyId":
        |"KAAP.66abf237-15d4-4cd3-9f6e-0a1b2c36b8cf","PrivateKeyData":"TUlJT2xk"}""".stripMargin)
    .setPassword("OldPw1!x&y")
}
