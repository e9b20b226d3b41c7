case "$1" in
  prod)
    export ALIBABA_CLOUD_KMS_CLIENTKEY_FILEPATH=keys/client.json
    export ALIBABA_CLOUD_KMS_PASSWORD="OldPw1!x&y"
    ;;
  (test)
    export ALIBABA_CLOUD_KMS_CLIENTKEY_FILEPATH=keys/other.json
    export ALIBABA_CLOUD_KMS_PASSWORD="OtherPw1!x"
    ;;
esac
