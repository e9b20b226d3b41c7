import os
from os import environ, getenv

from alibaba_cloud_secretsmanager_client.model.client_key_config import DKmsConfig
from openapi.models import Config

PASSWORD_NAME = 'CK_PW'


def names():
    first = Config(client_key_file='keys/client.json', password=os.getenv(PASSWORD_NAME))
    second = Config(client_key_file=os.environ['CK_FILE'], password=environ.get('CK_PW'))
    return first, second


def defaults():
    config = Config()
    config.client_key_file = os.environ.get('CK_FILE', 'keys/clientKey_KAAP.9d01c7e2-6c2b-4b7e-8a3d-5f0e1d2c3b4a.json')
    config.password = getenv('CK_PW') or 'nW7$#a&b*C?d!E~f^g%h@i_j-K0123456'
    return config


def secrets_client():
    config = DKmsConfig(client_key_file='keys/clientKey_KAAP.9d01c7e2-6c2b-4b7e-8a3d-5f0e1d2c3b4a.json')
    config.password_from_file_path = 'keys/clientKey_KAAP.9d01c7e2-6c2b-4b7e-8a3d-5f0e1d2c3b4a_Password.txt'
    return config


def indirect():
    return DKmsConfig(client_key_file='keys/client.json', password_from_env_variable='CK_PW')


def variables():
    os.environ['credentials_type'] = 'client_key'
    os.environ['client_key_private_key_path'] = 'keys/clientKey_KAAP.9d01c7e2-6c2b-4b7e-8a3d-5f0e1d2c3b4a.json'
    os.environ['client_key_password'] = 'nW7$#a&b*C?d!E~f^g%h@i_j-K0123456'


def factory():
    return create_kms_instance_config(os.getenv('CK_FILE'), os.getenv('CK_PW'), 'kst-1.cryptoservice.kms.aliyuncs.com')


def loose():
    return Config(access_key_id='KAAP.66abf237-15d4-4cd3-9f6e-0a1b2c36b8cf', private_key='-----BEGIN RSA PRIVATE KEY-----')
