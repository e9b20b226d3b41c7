package demo

import com.aliyun.dkms.gcs.openapi.models.Config as KmsConfig

private const val KEY_FILE = "keys/clientKey_KAAP.9d01c7e2-6c2b-4b7e-8a3d-5f0e1d2c3b4a.json"
private const val KEY_PASSWORD: String = "nW7\$#a&b*C?d!E~f^g%h@i_j-K0123456"
private const val SHARED = "OldPw1!x&y"

class Constants {
    fun config() = KmsConfig().also {
        it.clientKeyFile = KEY_FILE
        it.password = KEY_PASSWORD
    }

    fun shared(): KmsConfig {
        val own = KmsConfig()
        own.clientKeyFile = "keys/client.json"
        own.password = SHARED
        connect(SHARED)
        return own
    }

    fun reassigned(): KmsConfig {
        var path = "keys/client.json"
        path = "keys/other.json"
        return KmsConfig().setClientKeyFile(path).setPassword("OldPw1!x&y")
    }
}
