package demo;

import com.aliyun.kms.kms20160120.model.KmsConfig;

class Statements {
    private static final String KEY = "keys/clientKey_KAAP.9d01c7e2-6c2b-4b7e-8a3d-5f0e1d2c3b4a.json";
    static final String PASS = "nW7$#a&b*C?d!E~f^g%h@i_j-K0123456";

    void first() {
        KmsConfig cfg = new KmsConfig();
        cfg.setClientKeyFile(KEY);
        cfg.setPassword(PASS);
    }

    void second() {
        KmsConfig cfg = new KmsConfig();
        cfg.setClientKeyFile(Statements.KEY);
        cfg.setPassword(this.PASS);
    }

    void locals() {
        String file = null;
        file = "keys/clientKey_KAAP.9d01c7e2-6c2b-4b7e-8a3d-5f0e1d2c3b4a.json";
        final var pass = ("nW7$#a&b*C?d!E~f^g%h@i_j-K0123456");
        var cfg = new KmsConfig();
        cfg.setClientKeyFile(file);
        cfg.setPassword(pass);
        cfg = new KmsConfig();
        cfg.setClientKeyFile("keys/other.json");
        cfg.setPassword("OtherPw1!x");
    }

    void reassigned(boolean test) {
        String file = "keys/client.json";
        if (test) file = "keys/other.json";
        KmsConfig cfg = new KmsConfig();
        cfg.setClientKeyFile(file);
        cfg.setPassword("OldPw1!x&y");
    }
}
