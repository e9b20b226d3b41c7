cat > secretsmanager.properties <<'END'
credentials_type=client_key
client_key_private_key_path=keys/clientKey_KAAP.9d01c7e2-6c2b-4b7e-8a3d-5f0e1d2c3b4a.json
client_key_password=nW7$#a&b*C?d!E~f^g%h@i_j-K0123456
END
cat <<-END > app.env
	ALIBABA_CLOUD_KMS_CLIENTKEY_FILEPATH=keys/client.json
	ALIBABA_CLOUD_KMS_PASSWORD=OldPw1!x&y
	END
