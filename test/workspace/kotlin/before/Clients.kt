package demo

import com.aliyun.dkms.gcs.openapi.models.Config
import com.aliyun.dkms.gcs.sdk.Client

object Clients {
    fun orders() = Client(Config().apply {
        endpoint = "kst-1.cryptoservice.kms.aliyuncs.com"
        // clientKeyFile = "keys/clientKey_KAAP.66abf237-15d4-4cd3-9f6e-0a1b2c36b8cf.json"
        clientKeyFile = "keys/clientKey_KAAP.66abf237-15d4-4cd3-9f6e-0a1b2c36b8cf.json" /* the key */
        password = "OldPw1!x&y" // and its password
    })

    fun reports(): Config = Config()
        .setClientKeyFile("keys/other.json") // another key
        .setPassword("OtherPw1!x")

    fun chained() = Config()
        .setProtocol("https")
        // keep this line
        .setClientKeyFile("keys/client.json")
        .setPassword("OldPw1!x&y")

    fun named() = KmsSettings(region = "cn-hangzhou", clientKeyFile = "keys/client.json", password = "OldPw1!x&y")

    fun mapped() = mapOf("clientKeyFile" to "keys/client.json", "password" to "OldPw1!x&y")

    fun statements() {
        val one = Config()
        val two = Config()
        one.clientKeyFile = "keys/client.json"
        two.clientKeyFile = "keys/other.json"
        one.password = "OldPw1!x&y"
        two.password = "OtherPw1!x"
        val database = Database("db")
        database.password = "Sup3rS3cret"
    }
}
