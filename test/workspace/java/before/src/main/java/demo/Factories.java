package demo;

import com.aliyun.dkms.gcs.openapi.Client;
import com.aliyun.dkms.gcs.openapi.models.Config;
import com.aliyun.encryptionsdk.model.DkmsConfig;
import com.aliyuncs.kms.secretsmanager.client.utils.ClientKeyUtils;

class Factories {
    Object provider() {
        return ClientKeyUtils.getCredentialsProvider("keys/client.json", "OldPw1!x&y");
    }

    Client nested() throws Exception {
        return new Client(new Config().setClientKeyFile("keys/client.json").setPassword("OldPw1!x&y"));
    }

    void encryption(Object provider) {
        provider.addDkmsConfig(new DkmsConfig(new Config()
            .setPassword("OldPw1!x&y")
            .setClientKeyFile("keys/client.json")));
    }

    Config braces() {
        return new Config() {{
            setClientKeyFile("keys/client.json");
            setPassword("OldPw1!x&y");
        }};
    }

    Config once() {
        return build("keys/client.json", "OldPw1!x&y");
    }

    private Config build(String file, String secret) {
        return new Config().setClientKeyFile(file).setPassword(secret);
    }

    Config first() {
        return many("keys/client.json", "OldPw1!x&y");
    }

    Config second() {
        return many("keys/other.json", "OtherPw1!x");
    }

    private Config many(String file, String secret) {
        return new Config().setClientKeyFile(file).setPassword(secret);
    }

    Object loose() {
        return new Config()
            .setAccessKeyId("KAAP.66abf237-15d4-4cd3-9f6e-0a1b2c36b8cf")
            .setPrivateKey("-----BEGIN RSA PRIVATE KEY-----");
    }

    Object accessKey() {
        return new Config().setAccessKeyId("LTAI5tFakeFakeFake").setPrivateKey("other");
    }

    Object elsewhere() {
        return open("keys/clientKey_KAAP.66abf237-15d4-4cd3-9f6e-0a1b2c36b8cf.json", "OldPw1!x&y");
    }
}
