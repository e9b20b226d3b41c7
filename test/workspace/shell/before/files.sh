export KMS_CLIENT_KEY_CONTENT="$(cat keys/client.json)"
export KMS_PASSWORD=$(< 'keys/clientKey_KAAP.66abf237-15d4-4cd3-9f6e-0a1b2c36b8cf_Password.txt')
