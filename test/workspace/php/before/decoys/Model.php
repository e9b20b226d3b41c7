<?php
namespace AlibabaCloud\Dkms\Gcs\OpenApi\Models;

class Config
{
    public $clientKeyFile;
    public $password;

    public function __construct($config = [])
    {
        $this->clientKeyFile = $config['clientKeyFile'];
        $this->password = $config['password'];
    }

    public function setClientKeyFile($clientKeyFile)
    {
        $this->clientKeyFile = $clientKeyFile;
        return $this;
    }
}
