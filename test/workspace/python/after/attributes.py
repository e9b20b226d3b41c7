# -*- coding: utf-8 -*-
import os

from openapi.models import Config
from sdk.client import Client

config = Config()
config.protocol = 'https'
config.client_key_file = 'keys/clientKey_KAAP.9d01c7e2-6c2b-4b7e-8a3d-5f0e1d2c3b4a.json'  # the key
# its password
config.password = "nW7$#a&b*C?d!E~f^g%h@i_j-K0123456"
config.endpoint = 'kst-1.cryptoservice.kms.aliyuncs.com'
client = Client(config)

config = Config()
config.client_key_file = r'keys\other.json'
config.password = 'OtherPw1!x'
other = Client(config)


class Service:
    key_file = 'keys/clientKey_KAAP.9d01c7e2-6c2b-4b7e-8a3d-5f0e1d2c3b4a.json'

    def __init__(self):
        self.password = 'nW7$#a&b*C?d!E~f^g%h@i_j-K0123456'
        self.config = Config()
        self.config.client_key_file = Service.key_file
        self.config.password = self.password

    def shared(self, database):
        secret = 'OldPw1!x&y'
        database.connect(password=secret)
        return Config(client_key_file='keys/client.json', password=secret)
