package demo;

import com.aliyun.dkms.gcs.openapi.models.Config;

class Reader {
    Config config() {
        return new Config()
            .setClientKeyFile(System.getenv("ORDERS_CK"))
            .setPassword(System.getenv("ORDERS_CK_SECRET"));
    }
}
