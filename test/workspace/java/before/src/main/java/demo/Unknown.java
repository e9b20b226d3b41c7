package demo;

class Unknown {
    void proven(KmsSettings settings) {
        settings.setClientKeyFile("keys/client.json");
        settings.setPassword("OldPw1!x&y");
    }

    void unproven(MqttSettings settings) {
        settings.setClientKeyFile("client-key.pem");
        settings.setPassword("Mqtt1!xyz");
    }
}
