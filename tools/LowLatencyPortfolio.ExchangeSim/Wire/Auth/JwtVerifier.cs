using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace LowLatencyPortfolio.ExchangeSim.Wire.Auth;

/// <summary>Judges ES256 and EdDSA tokens as Coinbase does, and is as lenient about the host in <c>uri</c> as its
/// clients need: some keep <c>http://</c>, some cut it by the length of <c>https://</c>.</summary>
/// <param name="key">Name and key that tokens must be made with.</param>
/// <param name="clock">Judges their life.</param>
/// <remarks>Thread: any. What a token says of its algorithm chooses nothing: the key knows its own.</remarks>
internal sealed class JwtVerifier(AccessKey key, ServerClock clock)
{
    private const int MaximumLifeSeconds = 120;

    // A client's clock is read a moment before ours, and some round it to the nearest second.
    private const int ToleranceSeconds = 1;

    /// <summary>Judges the token of a request.</summary>
    /// <param name="token">Three parts of base64url.</param>
    /// <param name="method">Of the request, in capitals.</param>
    /// <param name="path">Of the request, without query.</param>
    /// <returns>The first fault found, or that there is none.</returns>
    public JwtVerdict VerifyRequest(string token, string method, string path) => Verify(token, $"{method} ", path);

    /// <summary>Judges the token of a WebSocket message, which names no request.</summary>
    /// <param name="token">Three parts of base64url.</param>
    /// <returns>The first fault found, or that there is none.</returns>
    public JwtVerdict VerifySubscription(string token) => Verify(token, null, string.Empty);

    private JwtVerdict Verify(string token, string? method, string path)
    {
        string[] parts = token.Split('.');
        if (parts.Length != 3)
        {
            return JwtVerdict.Malformed;
        }

        try
        {
            using JsonDocument header = JsonDocument.Parse(Base64Url.DecodeFromChars(parts[0]));
            using JsonDocument claims = JsonDocument.Parse(Base64Url.DecodeFromChars(parts[1]));
            byte[] signature = Base64Url.DecodeFromChars(parts[2]);
            JwtVerdict made = Origin(header.RootElement, claims.RootElement, token, signature);
            return made != JwtVerdict.Accepted ? made : Claims(claims.RootElement, method, path);
        }
        catch (Exception e) when (e is FormatException or JsonException or InvalidOperationException)
        {
            return JwtVerdict.Malformed;
        }
    }

    private JwtVerdict Origin(JsonElement header, JsonElement claims, string token, byte[] signature)
    {
        if (Text(header, "alg") != key.Pair.Algorithm)
        {
            return JwtVerdict.ForeignAlgorithm;
        }

        if (Text(header, "kid") != key.Name || Text(claims, "sub") != key.Name)
        {
            return JwtVerdict.UnknownKey;
        }

        byte[] signed = Encoding.ASCII.GetBytes(token[..token.LastIndexOf('.')]);
        if (!key.Pair.Verify(signed, signature))
        {
            return JwtVerdict.BadSignature;
        }

        return string.IsNullOrEmpty(Text(header, "nonce")) ? JwtVerdict.NoNonce : JwtVerdict.Accepted;
    }

    private JwtVerdict Claims(JsonElement claims, string? method, string path)
    {
        if (string.IsNullOrEmpty(Text(claims, "iss")))
        {
            return JwtVerdict.NoIssuer;
        }

        double now = clock.UtcNow.ToUnixTimeMilliseconds() / 1_000.0;
        if (Seconds(claims, "nbf") is not { } notBefore || notBefore > now + ToleranceSeconds)
        {
            return JwtVerdict.NotYetValid;
        }

        if (Seconds(claims, "exp") is not { } expiry || expiry <= now)
        {
            return JwtVerdict.Expired;
        }

        if (expiry > now + MaximumLifeSeconds + ToleranceSeconds)
        {
            return JwtVerdict.LivesTooLong;
        }

        return method is null || Uris(claims).Any(uri => IsFor(uri, method, path))
            ? JwtVerdict.Accepted
            : JwtVerdict.ForeignRequest;
    }

    // What stands before the path must be a host, however maimed, and not more path.
    private static bool IsFor(string uri, string method, string path)
    {
        if (!uri.StartsWith(method, StringComparison.Ordinal) || !uri.EndsWith(path, StringComparison.Ordinal))
        {
            return false;
        }

        int length = uri.Length - method.Length - path.Length;
        if (length <= 0)
        {
            return false;
        }

        string host = uri.Substring(method.Length, length);
        int scheme = host.IndexOf("://", StringComparison.Ordinal);
        string bare = scheme < 0 ? host : host[(scheme + 3)..];
        return bare.Length > 0 && bare.AsSpan().IndexOfAny("/?# ") < 0;
    }

    private static IEnumerable<string> Uris(JsonElement claims)
    {
        if (Text(claims, "uri") is { } uri)
        {
            yield return uri;
        }

        if (claims.TryGetProperty("uris", out JsonElement list) && list.ValueKind == JsonValueKind.Array)
        {
            foreach (JsonElement item in list.EnumerateArray())
            {
                if (item.ValueKind == JsonValueKind.String)
                {
                    yield return item.GetString()!;
                }
            }
        }
    }

    private static string? Text(JsonElement item, string name) =>
        item.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    private static double? Seconds(JsonElement item, string name) =>
        item.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Number
            ? value.GetDouble()
            : null;
}
