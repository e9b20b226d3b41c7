using MQTTnet.Client;

class Mqtt
{
    object options = new TransportOptions { ClientKeyFile = "keys/client.json", Password = "Mqtt1!xyz" };
}
