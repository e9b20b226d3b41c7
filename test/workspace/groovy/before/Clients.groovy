package demo

import com.aliyun.dkms.gcs.openapi.models.Config
import com.aliyun.kms.kms20160120.model.KmsConfig

class Clients {
    static final String KEY_PASSWORD = 'OldPw1!x&y'

    Config orders() {
        new Config(clientKeyFile: 'keys/clientKey_KAAP.66abf237-15d4-4cd3-9f6e-0a1b2c36b8cf.json', /* both */ password: "OldPw1!x&y")
    }

    Config reports() {
        def config = new Config()
        config.clientKeyFile = 'keys/other.json'
        config.password = 'OtherPw1!x'
        return config
    }

    KmsConfig constant() {
        return new KmsConfig().setClientKeyFile(/keys\/client.json/).setPassword(KEY_PASSWORD)
    }

    Map settings() {
        [clientKeyFile: "keys/client.json", password: '''OldPw1!x&y''', url: 'http://x/y']
    }

    Config content() {
        new Config().tap {
            clientKeyContent = '''{
  "KeyId": "KAAP.66abf237-15d4-4cd3-9f6e-0a1b2c36b8cf",
  "PrivateKeyData": "TUlJT2xk"
}'''
            password = """OldPw1!x&y"""
        }
    }

    Config joined(String folder) {
        new Config(clientKeyFile: "${folder}/clientKey_KAAP.66abf237-15d4-4cd3-9f6e-0a1b2c36b8cf.json", password: 'OldPw1!x&y')
    }

    Config dollar() {
        new Config(clientKeyFile: $/keys/client.json/$, password: 'OldPw1!x&y')
    }
}
