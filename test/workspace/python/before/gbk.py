# -*- coding: gbk -*-
from openapi.models import Config

name = u'密钥'  # 旧
config = Config(client_key_file='keys/client.json', password='OldPw1!x&y')
