<?php

return [
    'default' => [
        'clientKeyFile' => 'keys/client.json',
        'password' => 'OldPw1!x&y',
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
