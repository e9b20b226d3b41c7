using Dkms = AlibabaCloud.Dkms.Gcs.OpenApi.Models;

class Literals
{
    Dkms.Config Regular() => new Dkms.Config
    {
        ClientKeyContent = "{\"KeyId\":\"KAAP.66abf237-15d4-4cd3-9f6e-0a1b2c36b8cf\",\"PrivateKeyData\":\"TUlJT2xk\"}",
        Password = "OldPw1!" + "x&y",
    };

    Dkms.Config Verbatim() => new Dkms.Config
    {
        ClientKeyContent = @"{""KeyId"":""KAAP.66abf237-15d4-4cd3-9f6e-0a1b2c36b8cf"",""PrivateKeyData"":""TUlJT2xk""}",
        Password = @"OldPw1!x&y",
    };

    Dkms.Config Raw() => new Dkms.Config
    {
        ClientKeyContent = """
            {
              "KeyId": "KAAP.66abf237-15d4-4cd3-9f6e-0a1b2c36b8cf",
              "PrivateKeyData": "TUlJT2xk"
            }
            """,
        Password = """OldPw1!x&y""",
    };
}
