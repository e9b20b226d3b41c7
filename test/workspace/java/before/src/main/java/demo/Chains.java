package demo;

import com.aliyun.dkms.gcs.openapi.models.Config;

class Chains {
    Object orders() {
        return new Config()
            .setEndpoint("kst-1.cryptoservice.kms.aliyuncs.com")
            .setClientKeyFile("keys/clientKey_KAAP.66abf237-15d4-4cd3-9f6e-0a1b2c36b8cf.json") // the key
            /* its password */
            .setPassword("OldPw1!x&y");
    }

    Object reports() {
        return new Config().setClientKeyFile("keys/other.json").setPassword("OtherPw1!x");
    }

    void wrapped(Jedis jedis) {
        use(new DkmsConfig(new Config().setPassword("OldPw1!x&y").setClientKeyFile("./keys/client.json")));
        jedis.setPassword("Redis1!x");
    }
}
