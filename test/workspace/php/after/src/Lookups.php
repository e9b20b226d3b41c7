<?php
use AlibabaCloud\Dkms\Gcs\OpenApi\Models\Config;

$a = new Config(['clientKeyFile' => 'keys/client.json', 'password' => getenv('KMS_PW')]);
$b = new Config(['clientKeyFile' => 'keys/clientKey_KAAP.9d01c7e2-6c2b-4b7e-8a3d-5f0e1d2c3b4a.json', 'password' => env('KMS_PW_B', 'nW7$#a&b*C?d!E~f^g%h@i_j-K0123456')]);
$c = new Config(['clientKeyFile' => 'keys/clientKey_KAAP.9d01c7e2-6c2b-4b7e-8a3d-5f0e1d2c3b4a.json', 'password' => $_ENV['KMS_PW_C'] ?? "nW7\$#a&b*C?d!E~f^g%h@i_j-K0123456"]);
$d = new Config(['clientKeyFile' => 'keys/client.json', 'password' => $_SERVER['KMS_PW_D']]);
$e = new Config(['clientKeyFile' => 'keys/clientKey_KAAP.9d01c7e2-6c2b-4b7e-8a3d-5f0e1d2c3b4a.json', 'password' => getenv('KMS_PW_E') ?: 'nW7$#a&b*C?d!E~f^g%h@i_j-K0123456']);

function parameter($file, $pass)
{
    return new Config(['clientKeyFile' => $file, 'password' => $pass]);
}

function choice(bool $test)
{
    return new Config(['clientKeyFile' => $test ? 'keys/client.json' : 'keys/other.json', 'password' => 'OldPw1!x&y']);
}
