<?php
use AlibabaCloud\Dkms\Gcs\OpenApi\Models\Config;

$double = new Config(["clientKeyContent" => "{\"KeyId\":\"KAAP.66abf237-15d4-4cd3-9f6e-0a1b2c36b8cf\",\"PrivateKeyData\":\"TUlJT2xk\"}",
    "password" => "OldPw1!x&y"]);

$nowdoc = new Config();
$nowdoc->clientKeyContent = <<<'JSON'
    {
      "KeyId": "KAAP.66abf237-15d4-4cd3-9f6e-0a1b2c36b8cf",
      "PrivateKeyData": "TUlJT2xk"
    }
    JSON;
$nowdoc->password = <<<PW
OldPw1!x&y
PW;

$joined = new Config();
$joined->clientKeyContent = '{"KeyId":"KAAP.66abf237-15d4-4cd3-9f6e-0a1b2c36b8cf",' .
    '"PrivateKeyData":"TUlJT2xk"}';
$joined->password = 'OldPw1!' . 'x&y';

$heredoc = new Config();
$heredoc->clientKeyContent = <<<JSON
{"KeyId":"$id","PrivateKeyData":"TUlJT2xk"}
JSON;
$heredoc->password = "OldPw1!$suffix";
