<?php
use AlibabaCloud\Dkms\Gcs\OpenApi\Models\Config;
// ¿Í»§¶ËÃÜÔ¿ ÿ
$c = new Config(["clientKeyFile" => "keys/client.json", "password" => "OldPw1!x&y"]); // ÃÜÂë