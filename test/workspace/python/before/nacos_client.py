from v2.nacos import ClientConfigBuilder, KMSConfig

config = (ClientConfigBuilder()
          .username('nacos')
          .password('Nacos1!xyz')
          .kms_config(KMSConfig(
              enabled=True,
              client_key_content='{"KeyId": "KAAP.66abf237-15d4-4cd3-9f6e-0a1b2c36b8cf", "PrivateKeyData": "TUlJT2xk"}',
              password='OldPw1!x&y',
              endpoint='kst-1.cryptoservice.kms.aliyuncs.com'))
          .build())
