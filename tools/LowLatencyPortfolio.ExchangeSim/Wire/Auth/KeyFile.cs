using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace LowLatencyPortfolio.ExchangeSim.Wire.Auth;

/// <summary>The key in the JSON form that Coinbase hands out: <c>{"name":"…","privateKey":"-----BEGIN EC PRIVATE
/// KEY-----\n…"}</c>, or <c>{"id":"…","privateKey":"…"}</c> with base64 where the key is Ed25519.</summary>
internal static class KeyFile
{
    private const string Form =
        "must be Coinbase's JSON key file: {\"name\":\"organizations/…/apiKeys/…\","
        + "\"privateKey\":\"-----BEGIN EC PRIVATE KEY-----…\"}, "
        + "or with an Ed25519 key {\"id\":\"…\",\"privateKey\":\"base64 of 32 or 64 bytes\"}";

    // Base64 as it is: a person may copy it from the file into a variable.
    private static readonly JsonWriterOptions Readable =
        new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Reads a key, or makes one and writes it for its owner alone.</summary>
    /// <param name="path">The file; its folder must exist.</param>
    /// <param name="kind">Of a key that is made; one that is read is what it is.</param>
    /// <returns>The key.</returns>
    /// <exception cref="InvalidDataException">The file is there and holds no key. The message never holds what it
    /// does hold.</exception>
    /// <exception cref="IOException">The file cannot be read or written.</exception>
    public static AccessKey ReadOrCreate(string path, KeyKind kind = KeyKind.Ecdsa)
    {
        if (File.Exists(path))
        {
            return Read(path);
        }

        AccessKey key = AccessKey.Create(kind);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var stream = new FileStream(path, options);
        using var writer = new Utf8JsonWriter(stream, Readable);
        writer.WriteStartObject();
        writer.WriteString(kind == KeyKind.Ed25519 ? "id" : "name", key.Name);
        writer.WriteString("privateKey", key.Pair.PrivateText());
        writer.WriteEndObject();
        return key;
    }

    private static AccessKey Read(string path)
    {
        try
        {
            using JsonDocument file = JsonDocument.Parse(File.ReadAllBytes(path));
            string name = Text(file.RootElement, "name") ?? Text(file.RootElement, "id") ?? throw new JsonException();
            string secret = Text(file.RootElement, "privateKey") ?? throw new JsonException();
            string text = secret.Replace("\\n", "\n", StringComparison.Ordinal).Trim();
            IKeyPair? pair = text.StartsWith("-----BEGIN", StringComparison.Ordinal)
                ? EcKeyPair.Read(text)
                : EdKeyPair.Read(text);
            if (pair is not null)
            {
                return new AccessKey(name, pair);
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException
            or ArgumentException or CryptographicException)
        {
            throw new InvalidDataException(Form);
        }

        throw new InvalidDataException(Form);
    }

    private static string? Text(JsonElement key, string name) =>
        key.TryGetProperty(name, out JsonElement value) ? value.GetString() : null;
}
