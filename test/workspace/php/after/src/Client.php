<?php
namespace Shop;

use AlibabaCloud\Dkms\Gcs\OpenApi\Models\Config;
use AlibabaCloud\Dkms\Gcs\OpenApi\Models\Config as KmsConfig;
use AlibabaCloud\Dkms\Gcs\Sdk\Client as KmsClient;

class Client
{
    const KEY = 'keys/clientKey_KAAP.9d01c7e2-6c2b-4b7e-8a3d-5f0e1d2c3b4a.json';
    private $pass = "nW7\$#a&b*C?d!E~f^g%h@i_j-K0123456";

    public function arrays()
    {
        // 'clientKeyFile' => 'keys/client.json', 'password' => 'OldPw1!x&y'
        return new KmsClient(new Config([
            'protocol' => 'https',
            'clientKeyFile' => 'keys/clientKey_KAAP.9d01c7e2-6c2b-4b7e-8a3d-5f0e1d2c3b4a.json', # the key
            'password' /* of the key */ => 'nW7$#a&b*C?d!E~f^g%h@i_j-K0123456',
            'endpoint' => 'kst-1.cryptoservice.kms.aliyuncs.com',
        ]));
    }

    public function twoClients()
    {
        $config = new KmsConfig();
        $config->clientKeyFile = self::KEY;
        $config->password = $this->pass;
        $first = new KmsClient($config);
        $config = new KmsConfig();
        $config->clientKeyFile = 'keys/other.json';
        $config->password = 'OtherPw1!x';
        return [$first, new KmsClient($config)];
    }

    public function setters(Config $config, \PDO $pdo, $redis)
    {
        $config->setClientKeyFile("./keys/clientKey_KAAP.9d01c7e2-6c2b-4b7e-8a3d-5f0e1d2c3b4a.json")->setPassword("nW7\$#a&b*C?d!E~f^g%h@i_j-K0123456");
        $redis->setPassword('Redis1!x');
        $options = array("clientKeyFile" => 'keys\clientKey_KAAP.9d01c7e2-6c2b-4b7e-8a3d-5f0e1d2c3b4a.json', "password" => "nW7\$#a&b*C?d!E~f^g%h@i_j-K0123456");
        return new KmsClient(new Config($options));
    }
}
