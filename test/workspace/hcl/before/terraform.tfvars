client_key_file     = "keys/client.json"
client_key_password = "OldPw1!x&y"
