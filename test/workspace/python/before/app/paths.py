import os
from pathlib import Path

from openapi.models import Config

BASE_DIR = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
ROOT = Path(__file__).resolve().parent.parent


def joined():
    path = os.path.join(os.path.dirname(__file__), '..', 'keys', 'client.json')
    return Config(client_key_file=path, password='OldPw1!x&y')


def base():
    return Config(client_key_file=os.path.join(BASE_DIR, 'keys', 'client.json'), password='OldPw1!x&y')


def added():
    return Config(client_key_file=BASE_DIR + '/keys/client.json', password='OldPw1!x&y')


def path():
    keys = ROOT / 'keys'
    return Config(client_key_file=str(keys / 'client.json'), password='OldPw1!x&y')


def file():
    with open(os.path.join(BASE_DIR, 'keys/clientKey_KAAP.66abf237-15d4-4cd3-9f6e-0a1b2c36b8cf_Password.txt')) as stream:
        password = stream.read().strip()
    content = (Path(__file__).parent.parent / 'keys/client.json').read_text()
    return Config(client_key_content=content, password=password)


def working_folder():
    return Config(client_key_file=os.path.join(os.getcwd(), 'keys', 'client.json'), password=open('keys/clientKey_KAAP.66abf237-15d4-4cd3-9f6e-0a1b2c36b8cf_Password.txt').read())


def unknown(folder):
    return Config(client_key_file=os.path.join(folder, 'client.json'), password='OldPw1!x&y')
