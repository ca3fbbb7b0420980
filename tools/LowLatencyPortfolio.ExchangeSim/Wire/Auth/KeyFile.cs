using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace LowLatencyPortfolio.ExchangeSim.Wire.Auth;

/// <summary>The key in the JSON form that Coinbase hands out: <c>{"name":"…","privateKey":"-----BEGIN EC PRIVATE
/// KEY-----\n…"}</c>.</summary>
internal static class KeyFile
{
    private const string Form =
        "must be Coinbase's JSON key file: {\"name\":\"organizations/…/apiKeys/…\","
        + "\"privateKey\":\"-----BEGIN EC PRIVATE KEY-----…\"}";

    /// <summary>Reads a key, or makes one and writes it for its owner alone.</summary>
    /// <param name="path">The file; its folder must exist.</param>
    /// <returns>The key.</returns>
    /// <exception cref="InvalidDataException">The file is there and holds no EC key. The message never holds what it
    /// does hold.</exception>
    /// <exception cref="IOException">The file cannot be read or written.</exception>
    public static AccessKey ReadOrCreate(string path)
    {
        if (File.Exists(path))
        {
            return Read(path);
        }

        AccessKey key = AccessKey.Create();
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var stream = new FileStream(path, options);
        using var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true });
        writer.WriteStartObject();
        writer.WriteString("name", key.Name);
        writer.WriteString("privateKey", key.PrivateKey.ExportECPrivateKeyPem() + "\n");
        writer.WriteEndObject();
        return key;
    }

    private static AccessKey Read(string path)
    {
        try
        {
            using JsonDocument file = JsonDocument.Parse(File.ReadAllBytes(path));
            string name = file.RootElement.GetProperty("name").GetString() ?? throw new JsonException();
            string pem = file.RootElement.GetProperty("privateKey").GetString() ?? throw new JsonException();
            var ecdsa = ECDsa.Create();
            ecdsa.ImportFromPem(new StringBuilder(pem).Replace("\\n", "\n").ToString());
            if (ecdsa.KeySize == 256)
            {
                return new AccessKey(name, ecdsa);
            }

            ecdsa.Dispose();
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException
            or ArgumentException or CryptographicException)
        {
            throw new InvalidDataException(Form);
        }

        throw new InvalidDataException(Form);
    }
}
