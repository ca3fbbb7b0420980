using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using LowLatencyPortfolio.Exchanges.Coinbase;

namespace LowLatencyPortfolio.Exchanges.Tests.Coinbase.Orders;

public sealed class TokenTests : IDisposable
{
    private readonly ManualTime _time = new();
    private readonly CoinbaseCredentials _credentials = Keys.Credentials();

    private JwtSigner Signer => new(_credentials, "api.coinbase.com", _time);

    public void Dispose() => _credentials.Dispose();

    [Fact]
    public void A_token_is_signed_by_the_key_and_bound_to_one_method_and_path()
    {
        (JsonElement header, JsonElement claims) = Verified(Signer.ForRequest("POST", "/api/v3/brokerage/orders"));
        Assert.Equal("ES256", header.GetProperty("alg").GetString());
        Assert.Equal(Keys.Name, header.GetProperty("kid").GetString());
        Assert.Equal(32, header.GetProperty("nonce").GetString()!.Length);
        Assert.Equal(Keys.Name, claims.GetProperty("sub").GetString());
        Assert.Equal("cdp", claims.GetProperty("iss").GetString());
        Assert.Equal(
            "POST api.coinbase.com/api/v3/brokerage/orders", claims.GetProperty("uri").GetString());
        Assert.Equal(120, claims.GetProperty("exp").GetInt64() - claims.GetProperty("nbf").GetInt64());
        Assert.True(claims.GetProperty("nbf").GetInt64() <= _time.GetUtcNow().ToUnixTimeSeconds());
    }

    [Fact]
    public void A_socket_token_names_no_uri() =>
        Assert.False(Verified(Signer.ForSocket()).Claims.TryGetProperty("uri", out _));

    [Fact]
    public void Heads_are_signed_ahead_and_their_token_never_runs_out()
    {
        using SignedHeads heads = new(Signer, new Uri("https://api.coinbase.com"), _time, e => throw e);
        byte[] before = heads.Create.Bytes;
        for (int i = 0; i < 600; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            long expires = Verified(TokenOf(heads.Create)).Claims.GetProperty("exp").GetInt64();
            Assert.True(expires > _time.GetUtcNow().ToUnixTimeSeconds() + 30, "a token must live on for a while");
        }

        Assert.NotEqual(before, heads.Create.Bytes);
        Assert.Equal(
            "POST api.coinbase.com/api/v3/brokerage/orders/batch_cancel",
            Verified(TokenOf(heads.Cancel)).Claims.GetProperty("uri").GetString());
    }

    private static byte[] TokenOf(SignedHead head)
    {
        string text = Encoding.ASCII.GetString(head.Bytes);
        return Encoding.ASCII.GetBytes(text.Split("Bearer ")[1].Split("\r\n")[0]);
    }

    private static (JsonElement Header, JsonElement Claims) Verified(byte[] token)
    {
        string[] parts = Encoding.ASCII.GetString(token).Split('.');
        Assert.Equal(3, parts.Length);
        Assert.True(
            Keys.Public.VerifyData(
                Encoding.ASCII.GetBytes(parts[0] + "." + parts[1]), Base64Url.DecodeFromChars(parts[2]),
                HashAlgorithmName.SHA256),
            "the signature must be the key's");
        return (Parse(parts[0]), Parse(parts[1]));
    }

    private static JsonElement Parse(string part) =>
        JsonDocument.Parse(Base64Url.DecodeFromChars(part)).RootElement.Clone();
}
