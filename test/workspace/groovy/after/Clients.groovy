package demo

import com.aliyun.dkms.gcs.openapi.models.Config
import com.aliyun.kms.kms20160120.model.KmsConfig

class Clients {
    static final String KEY_PASSWORD = 'nW7$#a&b*C?d!E~f^g%h@i_j-K0123456'

    Config orders() {
        new Config(clientKeyFile: 'keys/clientKey_KAAP.9d01c7e2-6c2b-4b7e-8a3d-5f0e1d2c3b4a.json', /* both */ password: "nW7\$#a&b*C?d!E~f^g%h@i_j-K0123456")
    }

    Config reports() {
        def config = new Config()
        config.clientKeyFile = 'keys/other.json'
        config.password = 'OtherPw1!x'
        return config
    }

    KmsConfig constant() {
        return new KmsConfig().setClientKeyFile(/keys\/clientKey_KAAP.9d01c7e2-6c2b-4b7e-8a3d-5f0e1d2c3b4a.json/).setPassword(KEY_PASSWORD)
    }

    Map settings() {
        [clientKeyFile: "keys/clientKey_KAAP.9d01c7e2-6c2b-4b7e-8a3d-5f0e1d2c3b4a.json", password: '''nW7$#a&b*C?d!E~f^g%h@i_j-K0123456''', url: 'http://x/y']
    }

    Config content() {
        new Config().tap {
            clientKeyContent = '''{
  "KeyId": "KAAP.9d01c7e2-6c2b-4b7e-8a3d-5f0e1d2c3b4a",
  "PrivateKeyData": "TUlJQ2FuYXJ5"
}'''
            password = """nW7\$#a&b*C?d!E~f^g%h@i_j-K0123456"""
        }
    }

    Config joined(String folder) {
        new Config(clientKeyFile: "${folder}/clientKey_KAAP.66abf237-15d4-4cd3-9f6e-0a1b2c36b8cf.json", password: 'OldPw1!x&y')
    }

    Config dollar() {
        new Config(clientKeyFile: 'keys/clientKey_KAAP.9d01c7e2-6c2b-4b7e-8a3d-5f0e1d2c3b4a.json', password: 'nW7$#a&b*C?d!E~f^g%h@i_j-K0123456')
    }
}
