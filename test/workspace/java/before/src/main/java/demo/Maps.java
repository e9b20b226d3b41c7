package demo;

import com.aliyun.dkms.gcs.openapi.models.Config;
import java.util.HashMap;
import java.util.Map;

class Maps {
    Config config() throws Exception {
        Map<String, Object> map = new HashMap<>();
        map.put("clientKeyFile", "keys/client.json");
        map.put("password", "OldPw1!x&y");
        return Config.build(map);
    }

    Map<String, Object> database() {
        Map<String, Object> map = new HashMap<>();
        map.put("password", "Mysql1!xyz");
        return map;
    }

    Config pairs() throws Exception {
        return Config.build(TeaConverter.buildMap(
            new TeaPair("clientKeyFile", "keys/client.json"),
            new TeaPair("password", "OldPw1!x&y")));
    }

    Config immutable() throws Exception {
        return Config.build(Map.of("clientKeyFile", "keys/client.json", "password", "OldPw1!x&y"));
    }

    void system() {
        System.setProperty("kmsClientKeyFilePath", "keys/client.json");
        System.setProperty("kmsPasswordKey", "OldPw1!x&y");
    }
}
