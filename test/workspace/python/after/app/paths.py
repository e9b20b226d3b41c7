import os
from pathlib import Path

from openapi.models import Config

BASE_DIR = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
ROOT = Path(__file__).resolve().parent.parent


def joined():
    path = os.path.join(os.path.dirname(__file__), '..', 'keys', 'clientKey_KAAP.9d01c7e2-6c2b-4b7e-8a3d-5f0e1d2c3b4a.json')
    return Config(client_key_file=path, password='nW7$#a&b*C?d!E~f^g%h@i_j-K0123456')


def base():
    return Config(client_key_file=os.path.join(BASE_DIR, 'keys', 'clientKey_KAAP.9d01c7e2-6c2b-4b7e-8a3d-5f0e1d2c3b4a.json'), password='nW7$#a&b*C?d!E~f^g%h@i_j-K0123456')


def added():
    return Config(client_key_file=BASE_DIR + '/keys/clientKey_KAAP.9d01c7e2-6c2b-4b7e-8a3d-5f0e1d2c3b4a.json', password='nW7$#a&b*C?d!E~f^g%h@i_j-K0123456')


def path():
    keys = ROOT / 'keys'
    return Config(client_key_file=str(keys / 'clientKey_KAAP.9d01c7e2-6c2b-4b7e-8a3d-5f0e1d2c3b4a.json'), password='nW7$#a&b*C?d!E~f^g%h@i_j-K0123456')


def file():
    with open(os.path.join(BASE_DIR, 'keys/clientKey_KAAP.9d01c7e2-6c2b-4b7e-8a3d-5f0e1d2c3b4a_Password.txt')) as stream:
        password = stream.read().strip()
    content = (Path(__file__).parent.parent / 'keys/clientKey_KAAP.9d01c7e2-6c2b-4b7e-8a3d-5f0e1d2c3b4a.json').read_text()
    return Config(client_key_content=content, password=password)


def working_folder():
    return Config(client_key_file=os.path.join(os.getcwd(), 'keys', 'clientKey_KAAP.9d01c7e2-6c2b-4b7e-8a3d-5f0e1d2c3b4a.json'), password=open('keys/clientKey_KAAP.9d01c7e2-6c2b-4b7e-8a3d-5f0e1d2c3b4a_Password.txt').read())


def unknown(folder):
    return Config(client_key_file=os.path.join(folder, 'client.json'), password='OldPw1!x&y')
