#!/bin/bash
# export client_key_password=Stale1!xyz
set -euo pipefail
export client_key_private_key_path=./keys/clientKey_KAAP.9d01c7e2-6c2b-4b7e-8a3d-5f0e1d2c3b4a.json # the key
export client_key_password='nW7$#a&b*C?d!E~f^g%h@i_j-K0123456'
export DB_PASSWORD="Sup3rS3cret"
exec java -jar app.jar
