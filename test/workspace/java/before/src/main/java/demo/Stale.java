package demo;

import com.aliyun.dkms.gcs.openapi.models.Config;

class Stale {
    Object client() {
        return new Config().setClientKeyFile("keys/client.json").setPassword("Stale1!xyz");
    }
}
