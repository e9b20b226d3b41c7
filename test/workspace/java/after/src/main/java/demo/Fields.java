package demo;

import com.aliyun.dkms.gcs.openapi.models.Config;

class Fields {
    private final Config config = new Config();
    private String databasePassword = "OldPw1!x&y";

    Fields() {
        this.config.clientKeyFile = "keys/clientKey_KAAP.9d01c7e2-6c2b-4b7e-8a3d-5f0e1d2c3b4a.json";
        config.password = "nW7$#a&b*C?d!E~f^g%h@i_j-K0123456";
    }

    void shared(Database database) {
        Config own = new Config();
        own.clientKeyFile = "keys/client.json";
        own.setPassword(databasePassword);
        database.setPassword(databasePassword);
    }
}
