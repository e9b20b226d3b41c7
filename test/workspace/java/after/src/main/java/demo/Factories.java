package demo;

import com.aliyun.dkms.gcs.openapi.Client;
import com.aliyun.dkms.gcs.openapi.models.Config;
import com.aliyun.encryptionsdk.model.DkmsConfig;
import com.aliyuncs.kms.secretsmanager.client.utils.ClientKeyUtils;

class Factories {
    Object provider() {
        return ClientKeyUtils.getCredentialsProvider("keys/clientKey_KAAP.9d01c7e2-6c2b-4b7e-8a3d-5f0e1d2c3b4a.json", "nW7$#a&b*C?d!E~f^g%h@i_j-K0123456");
    }

    Client nested() throws Exception {
        return new Client(new Config().setClientKeyFile("keys/clientKey_KAAP.9d01c7e2-6c2b-4b7e-8a3d-5f0e1d2c3b4a.json").setPassword("nW7$#a&b*C?d!E~f^g%h@i_j-K0123456"));
    }

    void encryption(Object provider) {
        provider.addDkmsConfig(new DkmsConfig(new Config()
            .setPassword("nW7$#a&b*C?d!E~f^g%h@i_j-K0123456")
            .setClientKeyFile("keys/clientKey_KAAP.9d01c7e2-6c2b-4b7e-8a3d-5f0e1d2c3b4a.json")));
    }

    Config braces() {
        return new Config() {{
            setClientKeyFile("keys/clientKey_KAAP.9d01c7e2-6c2b-4b7e-8a3d-5f0e1d2c3b4a.json");
            setPassword("nW7$#a&b*C?d!E~f^g%h@i_j-K0123456");
        }};
    }

    Config once() {
        return build("keys/clientKey_KAAP.9d01c7e2-6c2b-4b7e-8a3d-5f0e1d2c3b4a.json", "nW7$#a&b*C?d!E~f^g%h@i_j-K0123456");
    }

    private Config build(String file, String secret) {
        return new Config().setClientKeyFile(file).setPassword(secret);
    }

    Config first() {
        return many("keys/clientKey_KAAP.9d01c7e2-6c2b-4b7e-8a3d-5f0e1d2c3b4a.json", "nW7$#a&b*C?d!E~f^g%h@i_j-K0123456");
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
