package demo;

import com.aliyun.dkms.gcs.openapi.models.Config;

class Lookups {
    void environment() {
        Config c = new Config().setClientKeyFile("keys/client.json").setPassword(System.getenv("KMS_PW"));
    }

    void parameter(String file, String pass) {
        Config c = new Config().setClientKeyFile(file).setPassword(pass);
    }

    void joined(String id) {
        Config c = new Config().setClientKeyFile("keys/clientKey_" + id + ".json").setPassword("OldPw1!x&y");
    }

    void unpaired() {
        Config c = new Config().setPassword("OldPw1!x&y");
        Config d = new Config().setClientKeyFile("keys/client.json");
    }
}
