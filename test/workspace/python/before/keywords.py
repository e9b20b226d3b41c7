from alibabacloud_dkms_gcs.openapi import models as dedicated_kms_openapi_models
from alibabacloud_kms.models import KmsConfig
from cryptography.hazmat.primitives.serialization import load_pem_private_key

KEY_FILE: str = 'keys/client.json'
PASSWORD = ('OldPw1'
            '!x&y')


def orders():
    return dedicated_kms_openapi_models.Config(
        protocol='https',
        client_key_file='keys/clientKey_KAAP.66abf237-15d4-4cd3-9f6e-0a1b2c36b8cf.json',
        # the password
        password='OldPw1!x&y',
    )


def constants():
    return KmsConfig(client_key_file=KEY_FILE, password=PASSWORD)


def content():
    return KmsConfig(
        client_key_content='''{
    "KeyId": "KAAP.66abf237-15d4-4cd3-9f6e-0a1b2c36b8cf",
    "PrivateKeyData": "TUlJT2xk"
}''',
        password=r'OldPw1!x&y',
    )


def build(file, secret='OldPw1!x&y'):
    return KmsConfig(client_key_file=file, password=secret)


def once():
    return build('keys/client.json')


def exported(file, secret):
    return KmsConfig(client_key_file=file, password=secret)


def interpolated(pem, id):
    load_pem_private_key(pem, password=None)
    load_pem_private_key(pem, password=b'Pem1!xyz')
    return KmsConfig(client_key_file=f'keys/clientKey_{id}.json', password='OldPw1!x&y')


def commented():
    return KmsConfig(
        client_key_content='{"KeyId":"KAAP.66abf237-15d4-4cd3-9f6e-0a1b2c36b8cf",'  # the id
        '"PrivateKeyData":"TUlJT2xk"}',
        password='OldPw1!x&y',
    )


def plain():
    return KmsConfig(
        client_key_content=f'{{"KeyId":"KAAP.66abf237-15d4-4cd3-9f6e-0a1b2c36b8cf","PrivateKeyData":"TUlJT2xk"}}',
        password=f"OldPw1!x&y",
    )
