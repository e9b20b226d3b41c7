from Tea.model import TeaModel
from openapi.models import Config

settings = {
    "clientKeyFile": "keys/client.json",
    'password': 'OldPw1!x&y',
}
config = Config().from_map(settings)

by_key = {}
by_key['client_key_file'] = "keys/client.json"
by_key['password'] = "OldPw1!x&y"

names = {'key': 'keys/client.json', 'secret': 'OldPw1!x&y'}


def looked():
    return Config(client_key_file=names['key'], password=names['secret'])


database = {'host': 'localhost', 'password': 'Mysql1!xyz'}
