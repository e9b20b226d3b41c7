using AlibabaCloud.Dkms.Gcs.OpenApi.Models;
using AlibabaCloud.Dkms.Gcs.Sdk;

namespace Shop
{
    /// <summary>new Config { ClientKeyFile = "keys/client.json", Password = "OldPw1!x&amp;y" }</summary>
    public class Clients
    {
        private const string KeyFile = @"keys\client.json";
        private static readonly string Pass = "OldPw1!x&y";

        public Client Initialiser() => new Client(new Config
        {
            Endpoint = "kst-1.cryptoservice.kms.aliyuncs.com",
            ClientKeyFile = "keys/clientKey_KAAP.66abf237-15d4-4cd3-9f6e-0a1b2c36b8cf.json", // the key
            Password /* of the key */ = "OldPw1!x&y",
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
            const string clientKeyFilePath = "keys/client.json";
            const string clientKeyPass = "OldPw1!x&y";
            Connect(clientKeyFilePath, clientKeyPass);
        }
    }
}
