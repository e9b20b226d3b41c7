<?php
use AlibabaCloud\Dkms\Gcs\OpenApi\Models\Config;

$a = new Config(['clientKeyFile' => __DIR__ . '/../keys/clientKey_KAAP.9d01c7e2-6c2b-4b7e-8a3d-5f0e1d2c3b4a.json', 'password' => 'nW7$#a&b*C?d!E~f^g%h@i_j-K0123456']);
$b = new Config(['clientKeyFile' => dirname(__FILE__) . "/../keys/clientKey_KAAP.9d01c7e2-6c2b-4b7e-8a3d-5f0e1d2c3b4a.json", 'password' => 'nW7$#a&b*C?d!E~f^g%h@i_j-K0123456']);
$c = new Config(['clientKeyFile' => dirname(__DIR__) . '/keys/clientKey_KAAP.9d01c7e2-6c2b-4b7e-8a3d-5f0e1d2c3b4a.json', 'password' => 'nW7$#a&b*C?d!E~f^g%h@i_j-K0123456']);
$d = new Config(['clientKeyFile' => realpath(base_path('keys/clientKey_KAAP.9d01c7e2-6c2b-4b7e-8a3d-5f0e1d2c3b4a.json')), 'password' => 'nW7$#a&b*C?d!E~f^g%h@i_j-K0123456']);
$e = new Config([
    'clientKeyFile' => __DIR__ . '/../keys/clientKey_KAAP.9d01c7e2-6c2b-4b7e-8a3d-5f0e1d2c3b4a.json',
    'password' => trim(file_get_contents(__DIR__ . '/../keys/clientKey_KAAP.9d01c7e2-6c2b-4b7e-8a3d-5f0e1d2c3b4a_Password.txt')),
]);
$f = new Config(['clientKeyFile' => getcwd() . '/keys/clientKey_KAAP.9d01c7e2-6c2b-4b7e-8a3d-5f0e1d2c3b4a.json', 'password' => 'nW7$#a&b*C?d!E~f^g%h@i_j-K0123456']);
