# -*- coding: utf-8 -*-
import os

from openapi.models import Config
from sdk.client import Client

config = Config()
config.protocol = 'https'
config.client_key_file = 'keys/clientKey_KAAP.66abf237-15d4-4cd3-9f6e-0a1b2c36b8cf.json'  # the key
# its password
config.password = "OldPw1!x&y"
config.endpoint = 'kst-1.cryptoservice.kms.aliyuncs.com'
client = Client(config)

config = Config()
config.client_key_file = r'keys\other.json'
config.password = 'OtherPw1!x'
other = Client(config)


class Service:
    key_file = 'keys/client.json'

    def __init__(self):
        self.password = 'OldPw1!x&y'
        self.config = Config()
        self.config.client_key_file = Service.key_file
        self.config.password = self.password

    def shared(self, database):
        secret = 'OldPw1!x&y'
        database.connect(password=secret)
        return Config(client_key_file='keys/client.json', password=secret)
