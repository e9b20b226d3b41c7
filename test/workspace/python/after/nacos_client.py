from v2.nacos import ClientConfigBuilder, KMSConfig

config = (ClientConfigBuilder()
          .username('nacos')
          .password('Nacos1!xyz')
          .kms_config(KMSConfig(
              enabled=True,
              client_key_content='{"KeyId": "KAAP.9d01c7e2-6c2b-4b7e-8a3d-5f0e1d2c3b4a", "PrivateKeyData": "TUlJQ2FuYXJ5"}',
              password='nW7$#a&b*C?d!E~f^g%h@i_j-K0123456',
              endpoint='kst-1.cryptoservice.kms.aliyuncs.com'))
          .build())
