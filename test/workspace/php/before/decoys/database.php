<?php
return [
    'mysql' => [
        'host' => 'db', 'username' => 'shop', 'password' => 'Sup3rS3cret',
        'options' => ['clientKey' => '/etc/mysql/client-key.pem'],
    ],
    'redis' => ['client_key' => 'keys/client.json', 'password' => 'Redis1!x'],
];
