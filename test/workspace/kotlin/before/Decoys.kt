package demo

import io.fabric8.kubernetes.client.Config
import org.eclipse.paho.client.mqttv3.MqttConnectOptions

fun kubernetes() = Config().apply {
    clientKeyFile = "keys/client.json"
    password = "Sup3rS3cret"
}

fun mqtt(options: MqttConnectOptions) {
    options.password = "Sup3rS3cret".toCharArray()
    val tls = mapOf("clientKeyFile" to "keys/client.json", "clientKeyPassword" to "Sup3rS3cret")
    val pem = mapOf("clientKey" to "keys/client-key.pem", "password" to "Sup3rS3cret")
}
