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
        p.put(AliyunConst.KMS_CLIENT_KEY_FILE_PATH_KEY, "keys/clientKey_KAAP.9d01c7e2-6c2b-4b7e-8a3d-5f0e1d2c3b4a.json");
        p.put(AliyunConst.KMS_PASSWORD_KEY, "nW7$#a&b*C?d!E~f^g%h@i_j-K0123456");
        return p;
    }

    Properties byName() {
        Properties properties = new Properties();
        properties.setProperty("kmsClientKeyFilePath", "./keys/clientKey_KAAP.9d01c7e2-6c2b-4b7e-8a3d-5f0e1d2c3b4a.json");
        properties.setProperty("kmsPasswordKey", "nW7$#a&b*C?d!E~f^g%h@i_j-K0123456");
        return properties;
    }

    Properties content() {
        Properties properties = new Properties();
        properties.put(CONTENT_NAME, "{\"KeyId\": \"KAAP.9d01c7e2-6c2b-4b7e-8a3d-5f0e1d2c3b4a\", \"PrivateKeyData\": \"TUlJQ2FuYXJ5\"}");
        properties.put("kmsPasswordKey", "nW7$#a&b*C?d!E~f^g%h@i_j-K0123456");
        return properties;
    }
}
