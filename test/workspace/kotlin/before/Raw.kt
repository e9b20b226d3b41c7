package demo

import com.aliyun.kms.kms20160120.model.KmsConfig

val block = KmsConfig().apply {
    clientKeyContent = """
        {
          "KeyId": "KAAP.66abf237-15d4-4cd3-9f6e-0a1b2c36b8cf",
          "PrivateKeyData": "TUlJT2xk"
        }
    """.trimIndent()
    password = """OldPw1!x&y"""
}

val escaped = KmsConfig().apply {
    clientKeyContent = "{\"KeyId\":\"KAAP.66abf237-15d4-4cd3-9f6e-0a1b2c36b8cf\",\"PrivateKeyData\":\"TUlJT2xk\"}"
    password = "Old" + "Pw1!x&y"
}

fun joined(folder: String) = KmsConfig().apply {
    clientKeyFile = "$folder/clientKey_KAAP.66abf237-15d4-4cd3-9f6e-0a1b2c36b8cf.json"
    password = "OldPw1!x&y"
}
