<?php
use PhpMqtt\Client\ConnectionSettings;

$settings = (new ConnectionSettings())
    ->setUsername('shop')
    ->setPassword('Mqtt1!xyz')
    ->setTlsClientCertificateKeyFile('keys/client.json');
$options = ['clientKeyFile' => 'keys/client.json', 'clientCertFile' => 'client.crt', 'password' => 'Mqtt1!xyz'];
