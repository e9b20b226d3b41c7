using System;
using AlibabaCloud.Dkms.Gcs.OpenApi.Models;

class Lookups
{
    Config A() => new Config { ClientKeyFile = "keys/client.json", Password = Environment.GetEnvironmentVariable("KMS_PW_A") };
    Config B() => new Config { ClientKeyFile = "keys/client.json", Password = Environment.GetEnvironmentVariable("KMS_PW_B") ?? "OldPw1!x&y" };
    Config C(IConfiguration configuration) => new Config { ClientKeyFile = configuration["Kms:KeyFile"], Password = configuration.GetValue<string>("Kms:Pw", "OldPw1!x&y") };
    Config D(IConfiguration configuration) => new Config { ClientKeyFile = "keys/client.json", Password = configuration.GetSection("Kms")["Secret"] };
    Config E(IConfiguration cfg) => new Config { ClientKeyFile = cfg["Signing:KeyFile"], Password = cfg["Signing:Secret"] };
}
