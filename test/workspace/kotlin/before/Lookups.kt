package demo

import com.aliyun.kms.kms20160120.model.KmsConfig
import java.io.File

fun fromEnvironment() = KmsConfig().apply {
    clientKeyFile = System.getenv("KMS_KEY_FILE") ?: "keys/client.json"
    password = System.getenv("KMS_KEY_PASSWORD") ?: "OldPw1!x&y"
}

fun fromFiles() = KmsConfig().apply {
    clientKeyFile = "keys/client.json"
    password = File("keys/clientKey_KAAP.66abf237-15d4-4cd3-9f6e-0a1b2c36b8cf_Password.txt").readText().trim()
}

class Injected(private val settings: Settings) {
    @Value("\${kms.key.password:OldPw1!x&y}")
    private lateinit var keyPassword: String

    fun config() = KmsConfig().setClientKeyFile("keys/client.json").setPassword(keyPassword)
    fun given(password: String) = KmsConfig().setClientKeyFile("keys/client.json").setPassword(password)
}
