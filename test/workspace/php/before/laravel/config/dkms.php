<?php

return [
    'config' => [
        'clientKeyContent' => env('KMS_CLIENT_KEY_CONTENT'),
        'password' => env('KMS_PASSWORD'),
        'endpoint' => env('KMS_ENDPOINT'),
    ],
    'fallback' => [
        'clientKeyContent' => env('KMS_CLIENT_KEY_CONTENT', ''),
        'password' => env('KMS_PASSWORD', ''),
    ],
];
