using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using LowLatencyPortfolio.ExchangeSim.Wire.Auth;
using NSec.Cryptography;

namespace LowLatencyPortfolio.ExchangeSim.Tests.Wire;

/// <summary>Makes tokens as a client does; every part can be made wrong.</summary>
internal sealed record TestToken(AccessKey Key)
{
    public string Algorithm { get; init; } = Key.Pair.Algorithm;
    public string? Type { get; init; } = "JWT";
    public IReadOnlyList<string>? Audience { get; init; }
    public bool HasIssueTime { get; init; }
    public string? KeyId { get; init; } = Key.Name;
    public string? Subject { get; init; } = Key.Name;
    public string? Issuer { get; init; } = "cdp";
    public string? Nonce { get; init; } = "0123456789abcdef";
    public string? Uri { get; init; }
    public DateTimeOffset Now { get; init; } = DateTimeOffset.UtcNow;
    public long NotBeforeSeconds { get; init; }
    public long ExpirySeconds { get; init; } = 120;
    public IKeyPair SignWith { get; init; } = Key.Pair;
    public DSASignatureFormat Format { get; init; } = DSASignatureFormat.IeeeP1363FixedFieldConcatenation;

    public string Make()
    {
        long now = Now.ToUnixTimeSeconds();
        string head = Part(new Dictionary<string, object?>
        {
            ["alg"] = Algorithm, ["typ"] = Type, ["kid"] = KeyId, ["nonce"] = Nonce,
        });
        string claims = Part(new Dictionary<string, object?>
        {
            ["iss"] = Issuer, ["sub"] = Subject, ["nbf"] = now + NotBeforeSeconds, ["exp"] = now + ExpirySeconds,
            ["uri"] = Uri, ["aud"] = Audience, ["iat"] = HasIssueTime ? now : null,
        });
        byte[] signature = Sign(Encoding.ASCII.GetBytes($"{head}.{claims}"));
        return $"{head}.{claims}.{Base64Url.EncodeToString(signature)}";
    }

    private byte[] Sign(byte[] text) => SignWith is EdKeyPair ed
        ? SignatureAlgorithm.Ed25519.Sign(ed.PrivateKey, text)
        : ((EcKeyPair)SignWith).PrivateKey.SignData(text, HashAlgorithmName.SHA256, Format);

    private static string Part(Dictionary<string, object?> members) => Base64Url.EncodeToString(
        JsonSerializer.SerializeToUtf8Bytes(members.Where(member => member.Value is not null).ToDictionary()));
}
