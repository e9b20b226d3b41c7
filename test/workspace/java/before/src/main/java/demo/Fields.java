package demo;

import com.aliyun.dkms.gcs.openapi.models.Config;

class Fields {
    private final Config config = new Config();
    private String databasePassword = "OldPw1!x&y";

    Fields() {
        this.config.clientKeyFile = "keys/client.json";
        config.password = "OldPw1!x&y";
    }

    void shared(Database database) {
        Config own = new Config();
        own.clientKeyFile = "keys/client.json";
        own.setPassword(databasePassword);
        database.setPassword(databasePassword);
    }
}
