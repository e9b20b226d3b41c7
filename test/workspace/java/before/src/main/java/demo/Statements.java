package demo;

import com.aliyun.kms.kms20160120.model.KmsConfig;

class Statements {
    private static final String KEY = "keys/clientKey_KAAP.66abf237-15d4-4cd3-9f6e-0a1b2c36b8cf.json";
    static final String PASS = "OldPw1!x&y";

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
        file = "keys/client.json";
        final var pass = ("OldPw1" + "!x&y");
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
