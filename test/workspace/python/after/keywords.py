from alibabacloud_dkms_gcs.openapi import models as dedicated_kms_openapi_models
from alibabacloud_kms.models import KmsConfig
from cryptography.hazmat.primitives.serialization import load_pem_private_key

KEY_FILE: str = 'keys/clientKey_KAAP.9d01c7e2-6c2b-4b7e-8a3d-5f0e1d2c3b4a.json'
PASSWORD = ('nW7$#a&b*C?d!E~f^g%h@i_j-K0123456')


def orders():
    return dedicated_kms_openapi_models.Config(
        protocol='https',
        client_key_file='keys/clientKey_KAAP.9d01c7e2-6c2b-4b7e-8a3d-5f0e1d2c3b4a.json',
        # the password
        password='nW7$#a&b*C?d!E~f^g%h@i_j-K0123456',
    )


def constants():
    return KmsConfig(client_key_file=KEY_FILE, password=PASSWORD)


def content():
    return KmsConfig(
        client_key_content='''{
    "KeyId": "KAAP.9d01c7e2-6c2b-4b7e-8a3d-5f0e1d2c3b4a",
    "PrivateKeyData": "TUlJQ2FuYXJ5"
}''',
        password=r'nW7$#a&b*C?d!E~f^g%h@i_j-K0123456',
    )


def build(file, secret='nW7$#a&b*C?d!E~f^g%h@i_j-K0123456'):
    return KmsConfig(client_key_file=file, password=secret)


def once():
    return build('keys/clientKey_KAAP.9d01c7e2-6c2b-4b7e-8a3d-5f0e1d2c3b4a.json')


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
        client_key_content=f'{{"KeyId":"KAAP.9d01c7e2-6c2b-4b7e-8a3d-5f0e1d2c3b4a","PrivateKeyData":"TUlJQ2FuYXJ5"}}',
        password=f"nW7$#a&b*C?d!E~f^g%h@i_j-K0123456",
    )
