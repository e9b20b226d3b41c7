package demo

fun nacos(): Properties {
    val settings = Properties()
    settings.setProperty("username", "nacos")
    settings.setProperty("password", "Sup3rS3cret")
    settings.setProperty("kmsClientKeyFilePath", "keys/clientKey_KAAP.9d01c7e2-6c2b-4b7e-8a3d-5f0e1d2c3b4a.json")
    settings[AliyunConst.KMS_VERSION_KEY] = "v3.0"
    settings.put(AliyunConst.KMS_PASSWORD_KEY, "nW7\$#a&b*C?d!E~f^g%h@i_j-K0123456")
    return settings
}
