use std::fs;

const CLIENT_KEY_FILE: &str = "keys/client.json";
const CLIENT_KEY_PASSWORD: &str = "OldPw1!x&y";

pub struct AliyunKms {
    pub client_key: String,
    pub client_key_password: String,
}

pub fn content() -> AliyunKms {
    AliyunKms {
        // the content of the file
        client_key: r#"{"KeyId":"KAAP.66abf237-15d4-4cd3-9f6e-0a1b2c36b8cf","PrivateKeyData":"TUlJT2xk"}"#.into(),
        client_key_password: "OldPw1!x&y".into(),
    }
}

pub fn pretty<'a>(_lifetime: &'a str) -> AliyunKms {
    AliyunKms {
        client_key: r##"{
  "KeyId": "KAAP.66abf237-15d4-4cd3-9f6e-0a1b2c36b8cf",
  "PrivateKeyData": "TUlJT2xk"
}"##
        .to_string(),
        client_key_password: String::from("OldPw1!x&y"), /* nested /* comment */ */
    }
}

pub fn escaped() -> AliyunKms {
    let mut kms = AliyunKms::default();
    kms.client_key = "{\"KeyId\":\"KAAP.66abf237-15d4-4cd3-9f6e-0a1b2c36b8cf\",\"PrivateKeyData\":\"TUlJT2xk\"}".to_owned();
    kms.client_key_password = String::from("OldPw1!x&y");
    kms
}

pub fn constants() -> Kms {
    Kms { client_key_file: CLIENT_KEY_FILE.into(), password: CLIENT_KEY_PASSWORD.to_string() }
}

pub fn other() -> Kms {
    Kms { client_key_file: "keys/other.json".into(), password: "OtherPw1!x".into() }
}

pub fn looked_up() -> Kms {
    Kms {
        client_key_file: std::env::var("KMS_KEY_FILE").unwrap_or_else(|_| "keys/client.json".to_string()),
        password: std::env::var("KMS_KEY_PASSWORD").expect("no password"),
    }
}

pub fn from_files() -> Kms {
    Kms {
        client_key: include_str!("keys/client.json").into(),
        password: fs::read_to_string("keys/clientKey_KAAP.66abf237-15d4-4cd3-9f6e-0a1b2c36b8cf_Password.txt").unwrap().trim().to_string(),
    }
}

pub fn formatted(data: &str) -> AliyunKms {
    AliyunKms {
        client_key: format!(r#"{{"KeyId":"KAAP.66abf237-15d4-4cd3-9f6e-0a1b2c36b8cf","PrivateKeyData":"{}"}}"#, data),
        client_key_password: "OldPw1!x&y".into(),
    }
}
