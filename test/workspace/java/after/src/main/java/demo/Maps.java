package demo;

import com.aliyun.dkms.gcs.openapi.models.Config;
import java.util.HashMap;
import java.util.Map;

class Maps {
    Config config() throws Exception {
        Map<String, Object> map = new HashMap<>();
        map.put("clientKeyFile", "keys/clientKey_KAAP.9d01c7e2-6c2b-4b7e-8a3d-5f0e1d2c3b4a.json");
        map.put("password", "nW7$#a&b*C?d!E~f^g%h@i_j-K0123456");
        return Config.build(map);
    }

    Map<String, Object> database() {
        Map<String, Object> map = new HashMap<>();
        map.put("password", "Mysql1!xyz");
        return map;
    }

    Config pairs() throws Exception {
        return Config.build(TeaConverter.buildMap(
            new TeaPair("clientKeyFile", "keys/clientKey_KAAP.9d01c7e2-6c2b-4b7e-8a3d-5f0e1d2c3b4a.json"),
            new TeaPair("password", "nW7$#a&b*C?d!E~f^g%h@i_j-K0123456")));
    }

    Config immutable() throws Exception {
        return Config.build(Map.of("clientKeyFile", "keys/clientKey_KAAP.9d01c7e2-6c2b-4b7e-8a3d-5f0e1d2c3b4a.json", "password", "nW7$#a&b*C?d!E~f^g%h@i_j-K0123456"));
    }

    void system() {
        System.setProperty("kmsClientKeyFilePath", "keys/clientKey_KAAP.9d01c7e2-6c2b-4b7e-8a3d-5f0e1d2c3b4a.json");
        System.setProperty("kmsPasswordKey", "nW7$#a&b*C?d!E~f^g%h@i_j-K0123456");
    }
}
