package demo;

import com.aliyun.kms.kms20160120.TransferClient;

class Procedure {
    private static final String CLIENT_KEY_FILE_PATH = "keys/client.json";
    private static final String CLIENT_KEY_PASS = "OldPw1!x&y";

    TransferClient client() {
        String clientKey = "{\"KeyId\":\"KAAP.66abf237-15d4-4cd3-9f6e-0a1b2c36b8cf\",\"PrivateKeyData\":\"TUlJT2xk\"}";
        String clientKeyPass = "OldPw1!x&y";
        return KmsFactory.create(clientKey, clientKeyPass);
    }

    void setters(KmsSettings settings) {
        settings.setClientKeyFilePath("keys/client.json");
        settings.setClientKeyPass("OldPw1!x&y");
    }
}
