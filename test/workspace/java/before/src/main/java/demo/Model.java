package demo;

/** Looks like the model of the SDK itself: no reference. */
class Model {
    public String clientKeyFile;
    public String password;

    Model setClientKeyFile(String clientKeyFile) {
        this.clientKeyFile = clientKeyFile;
        this.password = "OldPw1!x&y";
        setClientKeyFile("keys/client.json");
        return this;
    }
    // new Config().setClientKeyFile("keys/client.json").setPassword("OldPw1!x&y");
    String text = "config.setClientKeyFile(\"keys/client.json\")";
}
