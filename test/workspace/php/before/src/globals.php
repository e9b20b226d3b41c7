<?php
use AlibabaCloud\Dkms\Gcs\OpenApi\Models\Config;

$clientKeyFile = 'keys/client.json';
$clientKeyPassword = 'OldPw1!x&y';

/*
 * In Java:
 *   config.setClientKeyFile("keys/client.json");
 *   config.setPassword("OldPw1!x&y");
 */
echo 'step 1';
echo 'step 2';
echo 'step 3';
echo 'step 4';
echo 'step 5';
echo 'step 6';
echo 'step 7';
echo 'step 8';
echo 'step 9';
echo 'step 10';
echo 'step 11';
echo 'step 12';
echo 'step 13';
echo 'step 14';
echo 'step 15';
echo 'step 16';
echo 'step 17';
echo 'step 18';
echo 'step 19';
echo 'step 20';
echo 'step 21';
echo 'step 22';
echo 'step 23';
echo 'step 24';
echo 'step 25';
echo 'step 26';
echo 'step 27';
echo 'step 28';
echo 'step 29';
echo 'step 30';
echo 'step 31';
echo 'step 32';
echo 'step 33';
echo 'step 34';
echo 'step 35';
echo 'step 36';
echo 'step 37';
echo 'step 38';
echo 'step 39';
echo 'step 40';

$config = new Config();
$config->clientKeyFile = $clientKeyFile;
$config->password = $clientKeyPassword;

function connect()
{
    global $clientKeyFile, $clientKeyPassword;
    return new Config(['clientKeyFile' => $clientKeyFile, 'password' => $clientKeyPassword]);
}
