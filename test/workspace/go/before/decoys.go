package demo

import (
	mqtt "github.com/eclipse/paho.mqtt.golang"
	"github.com/redis/go-redis/v9"
	"k8s.io/client-go/rest"
)

const clientKey = "session:42"

func kubernetes() *rest.Config {
	return &rest.Config{TLSClientConfig: rest.TLSClientConfig{KeyFile: "keys/client.json"}, Password: "Kube1!xyz"}
}

func cache() *redis.Options {
	return &redis.Options{Addr: "localhost:6379", Password: "Redis1!xyz"}
}

func broker() *mqtt.ClientOptions {
	options := mqtt.NewClientOptions().SetPassword("Mqtt1!xyz")
	certificates := TLSSettings{ClientKeyFile: "keys/client.json", Password: "Mqtt1!xyz"}
	return options.SetTLS(certificates)
}
