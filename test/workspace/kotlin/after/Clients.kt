package demo

import com.aliyun.dkms.gcs.openapi.models.Config
import com.aliyun.dkms.gcs.sdk.Client

object Clients {
    fun orders() = Client(Config().apply {
        endpoint = "kst-1.cryptoservice.kms.aliyuncs.com"
        // clientKeyFile = "keys/clientKey_KAAP.66abf237-15d4-4cd3-9f6e-0a1b2c36b8cf.json"
        clientKeyFile = "keys/clientKey_KAAP.9d01c7e2-6c2b-4b7e-8a3d-5f0e1d2c3b4a.json" /* the key */
        password = "nW7\$#a&b*C?d!E~f^g%h@i_j-K0123456" // and its password
    })

    fun reports(): Config = Config()
        .setClientKeyFile("keys/other.json") // another key
        .setPassword("OtherPw1!x")

    fun chained() = Config()
        .setProtocol("https")
        // keep this line
        .setClientKeyFile("keys/clientKey_KAAP.9d01c7e2-6c2b-4b7e-8a3d-5f0e1d2c3b4a.json")
        .setPassword("nW7\$#a&b*C?d!E~f^g%h@i_j-K0123456")

    fun named() = KmsSettings(region = "cn-hangzhou", clientKeyFile = "keys/clientKey_KAAP.9d01c7e2-6c2b-4b7e-8a3d-5f0e1d2c3b4a.json", password = "nW7\$#a&b*C?d!E~f^g%h@i_j-K0123456")

    fun mapped() = mapOf("clientKeyFile" to "keys/clientKey_KAAP.9d01c7e2-6c2b-4b7e-8a3d-5f0e1d2c3b4a.json", "password" to "nW7\$#a&b*C?d!E~f^g%h@i_j-K0123456")

    fun statements() {
        val one = Config()
        val two = Config()
        one.clientKeyFile = "keys/clientKey_KAAP.9d01c7e2-6c2b-4b7e-8a3d-5f0e1d2c3b4a.json"
        two.clientKeyFile = "keys/other.json"
        one.password = "nW7\$#a&b*C?d!E~f^g%h@i_j-K0123456"
        two.password = "OtherPw1!x"
        val database = Database("db")
        database.password = "Sup3rS3cret"
    }
}
