<?php
use AlibabaCloud\Dkms\Gcs\Sdk\Client;

$clientKeyFilePath = 'keys/clientKey_KAAP.9d01c7e2-6c2b-4b7e-8a3d-5f0e1d2c3b4a.json';
$clientKeyPass = 'nW7$#a&b*C?d!E~f^g%h@i_j-K0123456';
$client = createKmsClient($clientKeyFilePath, $clientKeyPass, 'kst-1.cryptoservice.kms.aliyuncs.com');
