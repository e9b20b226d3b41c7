<?php
// new Config().setClientKeyFile("keys/client.json").setPassword("OldPw1!x&y");
# $config->clientKeyFile = 'keys/client.json';
/*
$config->clientKeyFile = 'keys/client.json';
$config->password = 'OldPw1!x&y';
*/
$text = 'new Config(["clientKeyFile" => "keys/client.json", "password" => "OldPw1!x&y"])';
