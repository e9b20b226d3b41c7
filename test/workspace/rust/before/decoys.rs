use rumqttc::{MqttOptions, Transport};

pub fn tls() -> TlsConfig {
    TlsConfig { client_key: "keys/client-key.pem".into(), password: "Sup3rS3cret".into() }
}

pub fn mqtt() -> Options {
    Options { client_key: "keys/mqtt.json".into(), password: "Sup3rS3cret".into() }
}
