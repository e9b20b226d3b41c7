package demo;

import com.aliyun.dkms.gcs.openapi.models.Config;

class Blocks {
    Config pretty() {
        return new Config()
            .setClientKeyContent("""
                {
                  "KeyId": "KAAP.9d01c7e2-6c2b-4b7e-8a3d-5f0e1d2c3b4a",
                  "PrivateKeyData": "TUlJQ2FuYXJ5"
                }""")
            .setPassword("nW7$#a&b*C?d!E~f^g%h@i_j-K0123456");
    }

    Config commented() {
        return new Config()
            .setClientKeyContent("{\"KeyId\":\"KAAP.66abf237-15d4-4cd3-9f6e-0a1b2c36b8cf\"," + // the id
                "\"PrivateKeyData\":\"TUlJT2xk\"}")
            .setPassword("OldPw1!x&y");
    }
}
