using System.Text.Json;

namespace LowLatencyPortfolio.Exchanges.Coinbase;

/// <summary>
/// Where the key comes from: a file of mode 0600 or two environment variables, never the command line.
/// </summary>
public static class CredentialSource
{
    private const int MaxFileBytes = 64 * 1024;
    private const UnixFileMode Others = ~(UnixFileMode.UserRead | UnixFileMode.UserWrite);

    /// <summary>Reads the key file if one is given, else the environment.</summary>
    /// <param name="keyFile">
    /// Coinbase's JSON file: <c>name</c> and <c>privateKey</c>, or <c>id</c> in place of the name, as it comes with
    /// Ed25519 keys; null for the environment.
    /// </param>
    /// <param name="environment">Looks a variable up; <see cref="Environment.GetEnvironmentVariable(string)"/>.</param>
    /// <returns>Credentials; dispose them.</returns>
    /// <exception cref="CredentialException">
    /// The file is missing, readable for others, or not a key file; a variable is not set; the key cannot be used.
    /// </exception>
    public static CoinbaseCredentials Load(string? keyFile, Func<string, string?> environment)
    {
        ArgumentNullException.ThrowIfNull(environment);
        if (keyFile is not null)
        {
            return FromFile(keyFile);
        }

        string? name = environment(CoinbaseCredentials.KeyVariable);
        string? secret = environment(CoinbaseCredentials.SecretVariable);
        if (string.IsNullOrWhiteSpace(name) || string.IsNullOrWhiteSpace(secret))
        {
            throw new CredentialException(
                $"{CoinbaseCredentials.KeyVariable} and {CoinbaseCredentials.SecretVariable} must both be set, "
                + "or a key file be given");
        }

        return CoinbaseCredentials.Create(name, secret);
    }

    private static CoinbaseCredentials FromFile(string path)
    {
        byte[] content = Read(path);
        try
        {
            using JsonDocument document = JsonDocument.Parse(content);
            JsonElement key = document.RootElement;
            return CoinbaseCredentials.Create(TextOf(key, "name") ?? TextOf(key, "id"), TextOf(key, "privateKey"));
        }
        catch (JsonException)
        {
            throw new CredentialException($"{path}: is not the JSON file of an API key (name or id, privateKey)");
        }
        finally
        {
            Array.Clear(content);
        }
    }

    private static byte[] Read(string path)
    {
        try
        {
            FileInfo file = new(path);
            if (!file.Exists || file.Length > MaxFileBytes)
            {
                throw new CredentialException($"{path}: there is no key file of at most {MaxFileBytes} bytes");
            }

            UnixFileMode mode = OperatingSystem.IsWindows() ? default : File.GetUnixFileMode(path);
            if ((mode & Others) != 0)
            {
                throw new CredentialException($"{path}: others may read it; make it private with chmod 600");
            }

            return File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CredentialException($"{path}: cannot be read");
        }
    }

    private static string? TextOf(JsonElement root, string name) =>
        root.ValueKind == JsonValueKind.Object && root.TryGetProperty(name, out JsonElement value)
            && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
