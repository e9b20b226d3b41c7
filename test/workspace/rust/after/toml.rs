#[test]
fn reads() {
    let text = r#"
[[plugins]]
name = "resource"
type = "Aliyun"
client_key = '''
{
  "KeyId": "KAAP.9d01c7e2-6c2b-4b7e-8a3d-5f0e1d2c3b4a",
  "PrivateKeyData": "TUlJQ2FuYXJ5"
}
'''
password = "nW7$#a&b*C?d!E~f^g%h@i_j-K0123456"
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
