export ALIBABA_CLOUD_KMS_CLIENTKEY_FILEPATH=keys/client.json
export ALIBABA_CLOUD_KMS_PASSWORD="OldPw1!x&y"
if [ -n "$LOCAL" ]; then
  export ALIBABA_CLOUD_KMS_PASSWORD="Sup3rS3cret"
fi
