from Tea.model import TeaModel
from openapi.models import Config

settings = {
    "clientKeyFile": "keys/clientKey_KAAP.9d01c7e2-6c2b-4b7e-8a3d-5f0e1d2c3b4a.json",
    'password': 'nW7$#a&b*C?d!E~f^g%h@i_j-K0123456',
}
config = Config().from_map(settings)

by_key = {}
by_key['client_key_file'] = "keys/clientKey_KAAP.9d01c7e2-6c2b-4b7e-8a3d-5f0e1d2c3b4a.json"
by_key['password'] = "nW7$#a&b*C?d!E~f^g%h@i_j-K0123456"

names = {'key': 'keys/clientKey_KAAP.9d01c7e2-6c2b-4b7e-8a3d-5f0e1d2c3b4a.json', 'secret': 'nW7$#a&b*C?d!E~f^g%h@i_j-K0123456'}


def looked():
    return Config(client_key_file=names['key'], password=names['secret'])


database = {'host': 'localhost', 'password': 'Mysql1!xyz'}
