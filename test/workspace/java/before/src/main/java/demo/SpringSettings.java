package demo;

import com.aliyun.dkms.gcs.openapi.models.Config;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.env.Environment;

class SpringSettings {
    @Value("${kms.client-key-file}")
    private String file;

    @Value("${kms.pw:OldPw1!x&y}")
    private String password;

    Config injected() {
        Config c = new Config();
        c.setClientKeyFile("keys/client.json");
        c.setPassword(password);
        return c;
    }

    Config looked(Environment environment) {
        return new Config().setClientKeyFile(file).setPassword(environment.getProperty("kms.pw"));
    }

    Config defaults() {
        return new Config()
            .setClientKeyFile(System.getProperty("kms.file", "keys/client.json"))
            .setPassword(System.getenv().getOrDefault("KMS_PW", "OldPw1!x&y"));
    }
}
