#!/bin/bash
# export client_key_password=Stale1!xyz
set -euo pipefail
export client_key_private_key_path=./keys/clientKey_KAAP.66abf237-15d4-4cd3-9f6e-0a1b2c36b8cf.json # the key
export client_key_password='OldPw1!x&y'
export DB_PASSWORD="Sup3rS3cret"
exec java -jar app.jar
