export MQTT_CLIENT_KEY_FILE=client-key.pem
export MQTT_CLIENT_KEY_PASSWORD='Sup3rS3cret'
export TEMPORAL_CLIENT_KEY_CONTENT=LS0tLS1CRUdJTg==
echo "client_key_private_key_path=keys/client.json client_key_password=Sup3rS3cret"
