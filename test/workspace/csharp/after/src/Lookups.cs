using System;
using AlibabaCloud.Dkms.Gcs.OpenApi.Models;

class Lookups
{
    Config A() => new Config { ClientKeyFile = "keys/client.json", Password = Environment.GetEnvironmentVariable("KMS_PW_A") };
    Config B() => new Config { ClientKeyFile = "keys/clientKey_KAAP.9d01c7e2-6c2b-4b7e-8a3d-5f0e1d2c3b4a.json", Password = Environment.GetEnvironmentVariable("KMS_PW_B") ?? "nW7$#a&b*C?d!E~f^g%h@i_j-K0123456" };
    Config C(IConfiguration configuration) => new Config { ClientKeyFile = configuration["Kms:KeyFile"], Password = configuration.GetValue<string>("Kms:Pw", "nW7$#a&b*C?d!E~f^g%h@i_j-K0123456") };
    Config D(IConfiguration configuration) => new Config { ClientKeyFile = "keys/clientKey_KAAP.9d01c7e2-6c2b-4b7e-8a3d-5f0e1d2c3b4a.json", Password = configuration.GetSection("Kms")["Secret"] };
    Config E(IConfiguration cfg) => new Config { ClientKeyFile = cfg["Signing:KeyFile"], Password = cfg["Signing:Secret"] };
}
