package demo;

import com.alibaba.nacos.api.PropertyKeyConst;
import com.alibaba.nacos.client.aliyun.AliyunConst;
import java.util.Properties;

class Nacos {
    private static final String CONTENT_NAME = "kmsClientKeyContent";

    Properties byConstant() {
        Properties p = new Properties();
        p.put(PropertyKeyConst.USERNAME, "nacos");
        p.put(PropertyKeyConst.PASSWORD, "Nacos1!xyz");
        p.put("password", "Login1!xyz");
        p.put(AliyunConst.KMS_CLIENT_KEY_FILE_PATH_KEY, "keys/client.json");
        p.put(AliyunConst.KMS_PASSWORD_KEY, "OldPw1!x&y");
        return p;
    }

    Properties byName() {
        Properties properties = new Properties();
        properties.setProperty("kmsClientKeyFilePath", "./keys/client.json");
        properties.setProperty("kmsPasswordKey", "OldPw1!x&y");
        return properties;
    }

    Properties content() {
        Properties properties = new Properties();
        properties.put(CONTENT_NAME, "{\"KeyId\": \"KAAP.66abf237-15d4-4cd3-9f6e-0a1b2c36b8cf\", \"PrivateKeyData\": \"TUlJT2xk\"}");
        properties.put("kmsPasswordKey", "OldPw1!x&y");
        return properties;
    }
}
