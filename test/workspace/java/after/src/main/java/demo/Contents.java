package demo;

import com.aliyun.dkms.gcs.openapi.models.Config;

class Contents {
    void literal() {
        Config c = new Config().setClientKeyContent("{\"KeyId\":\"KAAP.9d01c7e2-6c2b-4b7e-8a3d-5f0e1d2c3b4a\",\"PrivateKeyData\":\"TUlJQ2FuYXJ5\"}");
        c.setPassword("nW7$#a&b*C?d!E~f^g%h@i_j-K0123456");
    }

    void joined() {
        Config c = new Config();
        c.setClientKeyContent("{\n\"KeyId\":\"KAAP.9d01c7e2-6c2b-4b7e-8a3d-5f0e1d2c3b4a\",\"PrivateKeyData\":\"TUlJQ2FuYXJ5\"}");
        c.setPassword("nW7$#a&b*C?d!E~f^g%h@i_j-K0123456");
    }

    void block() {
        Config c = new Config();
        c.setClientKeyContent("""
            {"KeyId":"KAAP.9d01c7e2-6c2b-4b7e-8a3d-5f0e1d2c3b4a","PrivateKeyData":"TUlJQ2FuYXJ5"}""");
        c.setPassword("nW7$#a&b*C?d!E~f^g%h@i_j-K0123456");
    }
}
