package demo;

import io.temporal.serviceclient.SimpleSslContextBuilder;
import org.apache.pulsar.client.api.PulsarClient;
import redis.clients.jedis.DefaultJedisClientConfig;

class Decoys {
    String clientKeyPassword = "Temporal1!x";
    String clientKey = "user:42";
    String clientKeyFilePath = "certs/client-key.pem";

    void pulsar(PulsarSettings settings) {
        settings.setBrokerClientKeyFilePath("certs/client.key");
        settings.setClientKeyFile("keys/client.json");
        settings.setPassword("Pulsar1!xyz");
    }

    void redis(DefaultJedisClientConfig.Builder builder) {
        builder.setPassword("Redis1!xyz");
        cache.put("clientKey", "OldPw1!x&y");
    }

    void mqtt(MqttOptions options) {
        options.setClientKeyFile("certs/client-key.pem").setPassword("Mqtt1!xyz");
    }
}
