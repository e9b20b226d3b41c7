package demo;

import com.aliyun.dkms.gcs.openapi.models.Config;

class Contents {
    void literal() {
        Config c = new Config().setClientKeyContent("{\"KeyId\":\"KAAP.66abf237-15d4-4cd3-9f6e-0a1b2c36b8cf\",\"PrivateKeyData\":\"TUlJT2xk\"}");
        c.setPassword("OldPw1!x&y");
    }

    void joined() {
        Config c = new Config();
        c.setClientKeyContent("{\n" +
            "\"KeyId\":\"KAAP.66abf237-15d4-4cd3-9f6e-0a1b2c36b8cf\"," +
            "\"PrivateKeyData\":\"TUlJT2xk\"}");
        c.setPassword("OldPw1!x&y");
    }

    void block() {
        Config c = new Config();
        c.setClientKeyContent("""
            {"KeyId":"KAAP.66abf237-15d4-4cd3-9f6e-0a1b2c36b8cf","PrivateKeyData":"TUlJT2xk"}""");
        c.setPassword("OldPw1!x&y");
    }
}
