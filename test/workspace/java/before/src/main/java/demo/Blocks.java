package demo;

import com.aliyun.dkms.gcs.openapi.models.Config;

class Blocks {
    Config pretty() {
        return new Config()
            .setClientKeyContent("""
                {
                  "KeyId": "KAAP.66abf237-15d4-4cd3-9f6e-0a1b2c36b8cf",
                  "PrivateKeyData": "TUlJT2xk"
                }""")
            .setPassword("OldPw1!x&y");
    }

    Config commented() {
        return new Config()
            .setClientKeyContent("{\"KeyId\":\"KAAP.66abf237-15d4-4cd3-9f6e-0a1b2c36b8cf\"," + // the id
                "\"PrivateKeyData\":\"TUlJT2xk\"}")
            .setPassword("OldPw1!x&y");
    }
}
