import io.fabric8.kubernetes.client.Config

def kube = new Config(clientKeyFile: 'keys/client.json', password: 'Sup3rS3cret')
def redis = [clientKeyFile: 'keys/redis.pem', password: 'Sup3rS3cret']
def temporal = [clientKey: 'keys/temporal.json', clientKeyPassword: 'Sup3rS3cret']
