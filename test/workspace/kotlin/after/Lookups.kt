package demo

import com.aliyun.kms.kms20160120.model.KmsConfig
import java.io.File

fun fromEnvironment() = KmsConfig().apply {
    clientKeyFile = System.getenv("KMS_KEY_FILE") ?: "keys/clientKey_KAAP.9d01c7e2-6c2b-4b7e-8a3d-5f0e1d2c3b4a.json"
    password = System.getenv("KMS_KEY_PASSWORD") ?: "nW7\$#a&b*C?d!E~f^g%h@i_j-K0123456"
}

fun fromFiles() = KmsConfig().apply {
    clientKeyFile = "keys/clientKey_KAAP.9d01c7e2-6c2b-4b7e-8a3d-5f0e1d2c3b4a.json"
    password = File("keys/clientKey_KAAP.9d01c7e2-6c2b-4b7e-8a3d-5f0e1d2c3b4a_Password.txt").readText().trim()
}

class Injected(private val settings: Settings) {
    @Value("\${kms.key.password:nW7\$#a&b*C?d!E~f^g%h@i_j-K0123456}")
    private lateinit var keyPassword: String

    fun config() = KmsConfig().setClientKeyFile("keys/clientKey_KAAP.9d01c7e2-6c2b-4b7e-8a3d-5f0e1d2c3b4a.json").setPassword(keyPassword)
    fun given(password: String) = KmsConfig().setClientKeyFile("keys/client.json").setPassword(password)
}
