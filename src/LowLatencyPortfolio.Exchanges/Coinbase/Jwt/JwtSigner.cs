using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace LowLatencyPortfolio.Exchanges.Coinbase;

/// <summary>
/// Makes the tokens that prove who asks: JWTs of 120 s, ES256 or EdDSA as the key is, each for one method and path.
/// </summary>
/// <param name="credentials">Whose key signs; not disposed here.</param>
/// <param name="restHost">Host of the REST origin, with its port when that is not the default.</param>
/// <param name="time">
/// The clock, of a steady one that of the machine; a token is dated five seconds back, because the venue refuses one
/// from its future.
/// </param>
/// <remarks>
/// Thread: any. Cost: up to 100 µs, hence done ahead. Source: Coinbase API key authentication; RFC 7515, 7518, 8037.
/// </remarks>
internal sealed class JwtSigner(CoinbaseCredentials credentials, string restHost, TimeProvider time)
{
    /// <summary>Life of a token, seconds.</summary>
    public const int LifeSeconds = 120;

    private const int BackdatedSeconds = 5;

    private readonly TimeProvider _wall = SteadyClock.WallOf(time);

    /// <summary>Signs a token for one kind of request.</summary>
    /// <param name="method">GET or POST.</param>
    /// <param name="path">Path without a query.</param>
    public byte[] ForRequest(string method, string path) => Sign($",\"uri\":\"{method} {restHost}{path}\"");

    /// <summary>Signs a token for a WebSocket subscription.</summary>
    public byte[] ForSocket() => Sign(string.Empty);

    private byte[] Sign(string uriClaim)
    {
        long now = _wall.GetUtcNow().ToUnixTimeSeconds() - BackdatedSeconds;
        string nonce = RandomNumberGenerator.GetHexString(32, lowercase: true);
        string name = credentials.KeyName;
        string header = $$"""{"alg":"{{credentials.Algorithm}}","typ":"JWT","kid":"{{name}}","nonce":"{{nonce}}"}""";
        string claims =
            $$"""{"sub":"{{name}}","iss":"cdp","nbf":{{now}},"exp":{{now + LifeSeconds}}{{uriClaim}}}""";
        string signed = Base64Url.EncodeToString(Encoding.UTF8.GetBytes(header)) + "."
            + Base64Url.EncodeToString(Encoding.UTF8.GetBytes(claims));
        byte[] signature = credentials.Sign(Encoding.ASCII.GetBytes(signed));
        return Encoding.ASCII.GetBytes(signed + "." + Base64Url.EncodeToString(signature));
    }
}
