<?php
use AlibabaCloud\Dkms\Gcs\Sdk\Client;

$clientKeyFilePath = 'keys/client.json';
$clientKeyPass = 'OldPw1!x&y';
$client = createKmsClient($clientKeyFilePath, $clientKeyPass, 'kst-1.cryptoservice.kms.aliyuncs.com');
