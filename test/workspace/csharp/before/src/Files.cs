using System.IO;
using AlibabaCloud.Dkms.Gcs.OpenApi.Models;

class Files
{
    Config config = new Config
    {
        ClientKeyContent = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "keys", "client.json")),
        Password = File.ReadAllText("keys/clientKey_KAAP.66abf237-15d4-4cd3-9f6e-0a1b2c36b8cf_Password.txt").Trim(),
    };
}
