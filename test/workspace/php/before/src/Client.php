<?php
namespace Shop;

use AlibabaCloud\Dkms\Gcs\OpenApi\Models\Config;
use AlibabaCloud\Dkms\Gcs\OpenApi\Models\Config as KmsConfig;
use AlibabaCloud\Dkms\Gcs\Sdk\Client as KmsClient;

class Client
{
    const KEY = 'keys/client.json';
    private $pass = "OldPw1!x&y";

    public function arrays()
    {
        // 'clientKeyFile' => 'keys/client.json', 'password' => 'OldPw1!x&y'
        return new KmsClient(new Config([
            'protocol' => 'https',
            'clientKeyFile' => 'keys/clientKey_KAAP.66abf237-15d4-4cd3-9f6e-0a1b2c36b8cf.json', # the key
            'password' /* of the key */ => 'OldPw1!x&y',
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
        $config->setClientKeyFile("./keys/client.json")->setPassword("OldPw1!x&y");
        $redis->setPassword('Redis1!x');
        $options = array("clientKeyFile" => 'keys\client.json', "password" => "OldPw1!x&y");
        return new KmsClient(new Config($options));
    }
}
