export KMS_CLIENT_KEY_CONTENT="$(cat keys/clientKey_KAAP.9d01c7e2-6c2b-4b7e-8a3d-5f0e1d2c3b4a.json)"
export KMS_PASSWORD=$(< 'keys/clientKey_KAAP.9d01c7e2-6c2b-4b7e-8a3d-5f0e1d2c3b4a_Password.txt')
