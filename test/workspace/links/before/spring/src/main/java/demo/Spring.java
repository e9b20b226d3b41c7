package demo;

import com.aliyun.dkms.gcs.openapi.models.Config;

class Spring {
    Config config(java.util.Properties p) {
        Config c = new Config();
        c.setClientKeyFile(p.getProperty("orders.keyPath"));
        c.setPassword(p.getProperty("orders.keySecret"));
        return c;
    }
}
