using AlibabaCloud.Dkms.Gcs.OpenApi.Models;
using AlibabaCloud.Dkms.Gcs.Sdk;

namespace Shop
{
    /// <summary>new Config { ClientKeyFile = "keys/client.json", Password = "OldPw1!x&amp;y" }</summary>
    public class Clients
    {
        private const string KeyFile = @"keys\clientKey_KAAP.9d01c7e2-6c2b-4b7e-8a3d-5f0e1d2c3b4a.json";
        private static readonly string Pass = "nW7$#a&b*C?d!E~f^g%h@i_j-K0123456";

        public Client Initialiser() => new Client(new Config
        {
            Endpoint = "kst-1.cryptoservice.kms.aliyuncs.com",
            ClientKeyFile = "keys/clientKey_KAAP.9d01c7e2-6c2b-4b7e-8a3d-5f0e1d2c3b4a.json", // the key
            Password /* of the key */ = "nW7$#a&b*C?d!E~f^g%h@i_j-K0123456",
        });

        public void TwoClients()
        {
            var config = new Config { ClientKeyFile = KeyFile };
            config.Password = Clients.Pass;
            Use(config);
            config = new Config();
            config.ClientKeyFile = "keys/other.json";
            config.Password = "OtherPw1!x";
            Use(config);
        }

        public void Shared(Database database, string file)
        {
            string own = "OldPw1!x&y";
            Config config = new() { ClientKeyFile = "keys/client.json", Password = own };
            database.Password = own;
            Use(new Config { ClientKeyFile = file, Password = $"OldPw1!{file}" });
        }

        public void Procedure()
        {
            const string clientKeyFilePath = "keys/clientKey_KAAP.9d01c7e2-6c2b-4b7e-8a3d-5f0e1d2c3b4a.json";
            const string clientKeyPass = "nW7$#a&b*C?d!E~f^g%h@i_j-K0123456";
            Connect(clientKeyFilePath, clientKeyPass);
        }
    }
}
