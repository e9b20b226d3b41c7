<?php
use AlibabaCloud\Dkms\Gcs\OpenApi\Models\Config;

$a = new Config(['clientKeyFile' => __DIR__ . '/../keys/client.json', 'password' => 'OldPw1!x&y']);
$b = new Config(['clientKeyFile' => dirname(__FILE__) . "/../keys/client.json", 'password' => 'OldPw1!x&y']);
$c = new Config(['clientKeyFile' => dirname(__DIR__) . '/keys/clientKey_KAAP.66abf237-15d4-4cd3-9f6e-0a1b2c36b8cf.json', 'password' => 'OldPw1!x&y']);
$d = new Config(['clientKeyFile' => realpath(base_path('keys/client.json')), 'password' => 'OldPw1!x&y']);
$e = new Config([
    'clientKeyFile' => __DIR__ . '/../keys/client.json',
    'password' => trim(file_get_contents(__DIR__ . '/../keys/clientKey_KAAP.66abf237-15d4-4cd3-9f6e-0a1b2c36b8cf_Password.txt')),
]);
$f = new Config(['clientKeyFile' => getcwd() . '/keys/client.json', 'password' => 'OldPw1!x&y']);
