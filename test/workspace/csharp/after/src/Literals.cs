using Dkms = AlibabaCloud.Dkms.Gcs.OpenApi.Models;

class Literals
{
    Dkms.Config Regular() => new Dkms.Config
    {
        ClientKeyContent = "{\"KeyId\":\"KAAP.9d01c7e2-6c2b-4b7e-8a3d-5f0e1d2c3b4a\",\"PrivateKeyData\":\"TUlJQ2FuYXJ5\"}",
        Password = "nW7$#a&b*C?d!E~f^g%h@i_j-K0123456",
    };

    Dkms.Config Verbatim() => new Dkms.Config
    {
        ClientKeyContent = @"{""KeyId"":""KAAP.9d01c7e2-6c2b-4b7e-8a3d-5f0e1d2c3b4a"",""PrivateKeyData"":""TUlJQ2FuYXJ5""}",
        Password = @"nW7$#a&b*C?d!E~f^g%h@i_j-K0123456",
    };

    Dkms.Config Raw() => new Dkms.Config
    {
        ClientKeyContent = """
            {
              "KeyId": "KAAP.9d01c7e2-6c2b-4b7e-8a3d-5f0e1d2c3b4a",
              "PrivateKeyData": "TUlJQ2FuYXJ5"
            }
            """,
        Password = """nW7$#a&b*C?d!E~f^g%h@i_j-K0123456""",
    };
}
