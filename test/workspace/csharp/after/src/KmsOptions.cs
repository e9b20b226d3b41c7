public class KmsOptions
{
    public string ClientKeyFile { get; set; } = "keys/clientKey_KAAP.9d01c7e2-6c2b-4b7e-8a3d-5f0e1d2c3b4a.json";
    public string Password { get; set; } = "nW7$#a&b*C?d!E~f^g%h@i_j-K0123456";
}

public static class Setup
{
    public static void Add(IServiceCollection services) => services.Configure<KmsOptions>(options =>
    {
        options.ClientKeyFile = "keys/clientKey_KAAP.9d01c7e2-6c2b-4b7e-8a3d-5f0e1d2c3b4a.json";
        options.Password = "nW7$#a&b*C?d!E~f^g%h@i_j-K0123456";
    });
}
