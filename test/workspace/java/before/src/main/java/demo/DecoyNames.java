package demo;

class DecoyNames {
    private String clientKeyFilePath = "certs/client-key.pem";
    private String clientKeyPass = "Tls1!xyz";

    void cache(String clientKey) {
        String clientKeyOfUser = "clientKey";
        store.put("clientKey", "42");
        store.setClientKey("session");
    }

    Object tls(Settings settings) {
        settings.setClientKeyFile("certs/client.p12");
        settings.setPassword("Tls1!xyz");
        return settings;
    }
}
