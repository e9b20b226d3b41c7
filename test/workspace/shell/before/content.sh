export KMS_CLIENT_KEY_CONTENT='{"KeyId":"KAAP.66abf237-15d4-4cd3-9f6e-0a1b2c36b8cf","PrivateKeyData":"TUlJT2xk"}'
export KMS_PASSWORD=OldPw1\!x\&y
