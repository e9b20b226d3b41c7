package demo;

import com.aliyun.dkms.gcs.openapi.models.Config;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.env.Environment;

class SpringSettings {
    @Value("${kms.client-key-file}")
    private String file;

    @Value("${kms.pw:nW7$#a&b*C?d!E~f^g%h@i_j-K0123456}")
    private String password;

    Config injected() {
        Config c = new Config();
        c.setClientKeyFile("keys/clientKey_KAAP.9d01c7e2-6c2b-4b7e-8a3d-5f0e1d2c3b4a.json");
        c.setPassword(password);
        return c;
    }

    Config looked(Environment environment) {
        return new Config().setClientKeyFile(file).setPassword(environment.getProperty("kms.pw"));
    }

    Config defaults() {
        return new Config()
            .setClientKeyFile(System.getProperty("kms.file", "keys/clientKey_KAAP.9d01c7e2-6c2b-4b7e-8a3d-5f0e1d2c3b4a.json"))
            .setPassword(System.getenv().getOrDefault("KMS_PW", "nW7$#a&b*C?d!E~f^g%h@i_j-K0123456"));
    }
}
