<?php
use AlibabaCloud\Dkms\Gcs\OpenApi\Models\Config;

$a = new Config(['clientKeyFile' => 'keys/client.json', 'password' => getenv('KMS_PW')]);
$b = new Config(['clientKeyFile' => 'keys/client.json', 'password' => env('KMS_PW_B', 'OldPw1!x&y')]);
$c = new Config(['clientKeyFile' => 'keys/client.json', 'password' => $_ENV['KMS_PW_C'] ?? "OldPw1!x&y"]);
$d = new Config(['clientKeyFile' => 'keys/client.json', 'password' => $_SERVER['KMS_PW_D']]);
$e = new Config(['clientKeyFile' => 'keys/client.json', 'password' => getenv('KMS_PW_E') ?: 'OldPw1!x&y']);

function parameter($file, $pass)
{
    return new Config(['clientKeyFile' => $file, 'password' => $pass]);
}

function choice(bool $test)
{
    return new Config(['clientKeyFile' => $test ? 'keys/client.json' : 'keys/other.json', 'password' => 'OldPw1!x&y']);
}
