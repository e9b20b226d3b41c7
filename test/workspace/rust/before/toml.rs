#[test]
fn reads() {
    let text = r#"
[[plugins]]
name = "resource"
type = "Aliyun"
client_key = '''
{
  "KeyId": "KAAP.66abf237-15d4-4cd3-9f6e-0a1b2c36b8cf",
  "PrivateKeyData": "TUlJT2xk"
}
'''
password = "OldPw1!x&y"
"#;
    let formatted = format!(
        r#"
[encrypt.kms]
client_key = '''{{"KeyId":"KAAP.66abf237-15d4-4cd3-9f6e-0a1b2c36b8cf","PrivateKeyData":"{}"}}'''
client_key_password = "OldPw1!x&y"
"#,
        data
    );
}
