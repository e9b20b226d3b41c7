package demo

fun nacos(): Properties {
    val settings = Properties()
    settings.setProperty("username", "nacos")
    settings.setProperty("password", "Sup3rS3cret")
    settings.setProperty("kmsClientKeyFilePath", "keys/client.json")
    settings[AliyunConst.KMS_VERSION_KEY] = "v3.0"
    settings.put(AliyunConst.KMS_PASSWORD_KEY, "OldPw1!x&y")
    return settings
}
