package demo;

import com.aliyun.dkms.gcs.openapi.models.Config;

class Crlf {
    // 旧密钥
    Config c = new Config()
        .setClientKeyFile("keys/client.json")
        .setPassword("OldPw1!x&y");
}
