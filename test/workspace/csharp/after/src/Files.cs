using System.IO;
using AlibabaCloud.Dkms.Gcs.OpenApi.Models;

class Files
{
    Config config = new Config
    {
        ClientKeyContent = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "keys", "clientKey_KAAP.9d01c7e2-6c2b-4b7e-8a3d-5f0e1d2c3b4a.json")),
        Password = File.ReadAllText("keys/clientKey_KAAP.9d01c7e2-6c2b-4b7e-8a3d-5f0e1d2c3b4a_Password.txt").Trim(),
    };
}
