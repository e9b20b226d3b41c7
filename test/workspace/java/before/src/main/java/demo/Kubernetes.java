package demo;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;

class Kubernetes {
    Config config() {
        Config config = new ConfigBuilder().withClientKeyFile("keys/client.json").withPassword("x1!xyzzy").build();
        config.setClientKeyFile("keys/client.json");
        config.setPassword("Kube1!xyz");
        return config;
    }
}
