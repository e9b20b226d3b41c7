using System.Security.Cryptography.X509Certificates;

class Certificates
{
    object tls = new TlsSettings { ClientKeyFile = "keys/client.json", Password = "Tls1!xyzz" };
    object plain = new Settings { ClientKeyFile = "certs/client.pem", Password = "Tls1!xyzz" };
}
