package demo

import com.aliyun.dkms.gcs.openapi.models.Config as KmsConfig

private const val KEY_FILE = "keys/client.json"
private const val KEY_PASSWORD: String = "OldPw1!x&y"
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
