"""config.client_key_file = 'keys/client.json'; config.password = 'OldPw1!x&y'"""


class Config(object):
    def __init__(self, client_key_file=None, password=None):
        self.client_key_file = client_key_file
        self.password = password

    # Config(client_key_file='keys/client.json', password='OldPw1!x&y')
    def to_map(self):
        result = {}
        result['clientKeyFile'] = self.client_key_file
        result['password'] = self.password
        return result

    def from_map(self, m):
        self.client_key_file = m.get('clientKeyFile')
        self.password = m.get('password')
