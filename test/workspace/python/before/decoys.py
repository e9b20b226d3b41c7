import paho.mqtt.client as mqtt
import redis
from kubernetes import client
from temporalio.service import TLSConfig

client_key = 'user:42'
client_key_password = 'Tls1!xyz'


def kubernetes():
    configuration = client.Configuration()
    configuration.client_key_file = 'keys/client.json'
    configuration.password = 'Kube1!xyz'
    return configuration


def cache():
    return redis.Redis(host='localhost', password='Redis1!xyz', ssl_keyfile='keys/client.json')


def broker(options):
    options.mqtt.client_key_file = 'keys/client.json'
    options.mqtt.password = 'Mqtt1!xyz'
    return TLSConfig(client_key_content='{"a": 1}', client_key_file='certs/client.pem', password='Tls1!xyz')
