export KMS_CLIENT_KEY_CONTENT='{"KeyId":"KAAP.9d01c7e2-6c2b-4b7e-8a3d-5f0e1d2c3b4a","PrivateKeyData":"TUlJQ2FuYXJ5"}'
export KMS_PASSWORD='nW7$#a&b*C?d!E~f^g%h@i_j-K0123456'
