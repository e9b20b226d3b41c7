package demo;

import com.aliyun.dkms.gcs.openapi.models.Config;

class Crlf {
    // 旧密钥
    Config c = new Config()
        .setClientKeyFile("keys/clientKey_KAAP.9d01c7e2-6c2b-4b7e-8a3d-5f0e1d2c3b4a.json")
        .setPassword("nW7$#a&b*C?d!E~f^g%h@i_j-K0123456");
}
