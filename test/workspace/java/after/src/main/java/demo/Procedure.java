package demo;

import com.aliyun.kms.kms20160120.TransferClient;

class Procedure {
    private static final String CLIENT_KEY_FILE_PATH = "keys/clientKey_KAAP.9d01c7e2-6c2b-4b7e-8a3d-5f0e1d2c3b4a.json";
    private static final String CLIENT_KEY_PASS = "nW7$#a&b*C?d!E~f^g%h@i_j-K0123456";

    TransferClient client() {
        String clientKey = "{\"KeyId\":\"KAAP.9d01c7e2-6c2b-4b7e-8a3d-5f0e1d2c3b4a\",\"PrivateKeyData\":\"TUlJQ2FuYXJ5\"}";
        String clientKeyPass = "nW7$#a&b*C?d!E~f^g%h@i_j-K0123456";
        return KmsFactory.create(clientKey, clientKeyPass);
    }

    void setters(KmsSettings settings) {
        settings.setClientKeyFilePath("keys/clientKey_KAAP.9d01c7e2-6c2b-4b7e-8a3d-5f0e1d2c3b4a.json");
        settings.setClientKeyPass("nW7$#a&b*C?d!E~f^g%h@i_j-K0123456");
    }
}
