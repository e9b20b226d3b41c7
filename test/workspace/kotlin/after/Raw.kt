package demo

import com.aliyun.kms.kms20160120.model.KmsConfig

val block = KmsConfig().apply {
    clientKeyContent = """
        {
          "KeyId": "KAAP.9d01c7e2-6c2b-4b7e-8a3d-5f0e1d2c3b4a",
          "PrivateKeyData": "TUlJQ2FuYXJ5"
        }
    """.trimIndent()
    password = """nW7${'$'}#a&b*C?d!E~f^g%h@i_j-K0123456"""
}

val escaped = KmsConfig().apply {
    clientKeyContent = "{\"KeyId\":\"KAAP.9d01c7e2-6c2b-4b7e-8a3d-5f0e1d2c3b4a\",\"PrivateKeyData\":\"TUlJQ2FuYXJ5\"}"
    password = "nW7\$#a&b*C?d!E~f^g%h@i_j-K0123456"
}

fun joined(folder: String) = KmsConfig().apply {
    clientKeyFile = "$folder/clientKey_KAAP.66abf237-15d4-4cd3-9f6e-0a1b2c36b8cf.json"
    password = "OldPw1!x&y"
}
