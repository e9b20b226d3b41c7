<?php

return [
    'default' => [
        'clientKeyFile' => 'keys/clientKey_KAAP.9d01c7e2-6c2b-4b7e-8a3d-5f0e1d2c3b4a.json',
        'password' => 'nW7$#a&b*C?d!E~f^g%h@i_j-K0123456',
    ],
    'reports' => [
        'clientKeyFile' => 'keys/other.json',
        'password' => 'OtherPw1!x',
    ],
    'redis' => [
        'clientKeyFile' => 'keys/client.json',
        'password' => 'Redis1!xyz',
    ],
    'unproven' => [
        'clientKeyFile' => '/etc/app/some.json',
        'password' => 'Somewhere1!',
    ],
];
