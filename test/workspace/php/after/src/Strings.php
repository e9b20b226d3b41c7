<?php
use AlibabaCloud\Dkms\Gcs\OpenApi\Models\Config;

$double = new Config(["clientKeyContent" => "{\"KeyId\":\"KAAP.9d01c7e2-6c2b-4b7e-8a3d-5f0e1d2c3b4a\",\"PrivateKeyData\":\"TUlJQ2FuYXJ5\"}",
    "password" => "nW7\$#a&b*C?d!E~f^g%h@i_j-K0123456"]);

$nowdoc = new Config();
$nowdoc->clientKeyContent = <<<'JSON'
    {
      "KeyId": "KAAP.9d01c7e2-6c2b-4b7e-8a3d-5f0e1d2c3b4a",
      "PrivateKeyData": "TUlJQ2FuYXJ5"
    }
    JSON;
$nowdoc->password = <<<PW
nW7\$#a&b*C?d!E~f^g%h@i_j-K0123456
PW;

$joined = new Config();
$joined->clientKeyContent = '{"KeyId":"KAAP.9d01c7e2-6c2b-4b7e-8a3d-5f0e1d2c3b4a","PrivateKeyData":"TUlJQ2FuYXJ5"}';
$joined->password = 'nW7$#a&b*C?d!E~f^g%h@i_j-K0123456';

$heredoc = new Config();
$heredoc->clientKeyContent = <<<JSON
{"KeyId":"$id","PrivateKeyData":"TUlJT2xk"}
JSON;
$heredoc->password = "OldPw1!$suffix";
