using k8s;

class Kubernetes
{
    object config = new KubernetesClientConfiguration { ClientKeyFilePath = "keys/client.json", Password = "Kube1!xyz" };
}
