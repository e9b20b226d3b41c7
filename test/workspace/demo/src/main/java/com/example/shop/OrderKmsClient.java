package com.example.shop;

import com.aliyun.dkms.gcs.openapi.models.Config;
import com.aliyun.dkms.gcs.sdk.Client;

/** The KMS instance client with which orders are encrypted. */
public final class OrderKmsClient {
    private static final String endpoint = "__INSTANCE_ENDPOINT__";
    private static final String clientKeyFilePath = "keys/clientKey___OLD_KEY_ID__.json";
    private static final String clientKeyPass = "__OLD_PASSWORD__";

    private OrderKmsClient() {
    }

    public static Client create() throws Exception {
        Config config = new Config()
                .setProtocol("https")
                .setEndpoint(endpoint)
                .setClientKeyFile(clientKeyFilePath)
                .setPassword(clientKeyPass);
        return new Client(config);
    }
}
