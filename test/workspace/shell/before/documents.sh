cat > secretsmanager.properties <<'END'
credentials_type=client_key
client_key_private_key_path=keys/client.json
client_key_password=OldPw1!x&y
END
cat <<-END > app.env
	ALIBABA_CLOUD_KMS_CLIENTKEY_FILEPATH=keys/client.json
	ALIBABA_CLOUD_KMS_PASSWORD=OldPw1!x&y
	END
