public class KmsOptions
{
    public string ClientKeyFile { get; set; } = "keys/client.json";
    public string Password { get; set; } = "OldPw1!x&y";
}

public static class Setup
{
    public static void Add(IServiceCollection services) => services.Configure<KmsOptions>(options =>
    {
        options.ClientKeyFile = "keys/clientKey_KAAP.66abf237-15d4-4cd3-9f6e-0a1b2c36b8cf.json";
        options.Password = "OldPw1!x&y";
    });
}
