export client_key_private_key_path=keys/client.json
export client_key_password="OldPw1!x&y
