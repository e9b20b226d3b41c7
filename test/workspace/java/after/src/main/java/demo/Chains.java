package demo;

import com.aliyun.dkms.gcs.openapi.models.Config;

class Chains {
    Object orders() {
        return new Config()
            .setEndpoint("kst-1.cryptoservice.kms.aliyuncs.com")
            .setClientKeyFile("keys/clientKey_KAAP.9d01c7e2-6c2b-4b7e-8a3d-5f0e1d2c3b4a.json") // the key
            /* its password */
            .setPassword("nW7$#a&b*C?d!E~f^g%h@i_j-K0123456");
    }

    Object reports() {
        return new Config().setClientKeyFile("keys/other.json").setPassword("OtherPw1!x");
    }

    void wrapped(Jedis jedis) {
        use(new DkmsConfig(new Config().setPassword("nW7$#a&b*C?d!E~f^g%h@i_j-K0123456").setClientKeyFile("./keys/clientKey_KAAP.9d01c7e2-6c2b-4b7e-8a3d-5f0e1d2c3b4a.json")));
        jedis.setPassword("Redis1!x");
    }
}
