using System.Security.Cryptography;
using LowLatencyPortfolio.ExchangeSim.Wire.Auth;

namespace LowLatencyPortfolio.ExchangeSim.Tests.Wire;

public sealed class JwtVerifierTests : IDisposable
{
    private const string Path = "/api/v3/brokerage/accounts";

    private readonly AccessKey _key = AccessKey.Create();
    private readonly ServerClock _clock = new(TimeProvider.System);

    public void Dispose() => _key.Dispose();

    [Theory]
    [InlineData("GET api.coinbase.com/api/v3/brokerage/accounts")]
    [InlineData("GET 127.0.0.1:5000/api/v3/brokerage/accounts")]
    [InlineData("GET http://127.0.0.1:5000/api/v3/brokerage/accounts")]
    [InlineData("GET 27.0.0.1:5000/api/v3/brokerage/accounts")]
    public void Every_host_that_clients_write_is_accepted(string uri) =>
        Assert.Equal(JwtVerdict.Accepted, Verify(new TestToken(_key) { Uri = uri }));

    [Theory]
    [InlineData("POST 127.0.0.1:5000/api/v3/brokerage/accounts")]
    [InlineData("GET 127.0.0.1:5000/api/v3/brokerage/orders")]
    [InlineData("GET 127.0.0.1:5000/other/api/v3/brokerage/accounts")]
    [InlineData("GET /api/v3/brokerage/accounts")]
    [InlineData("GET https:///api/v3/brokerage/accounts")]
    [InlineData(null)]
    public void A_token_for_another_request_is_refused(string? uri) =>
        Assert.Equal(JwtVerdict.ForeignRequest, Verify(new TestToken(_key) { Uri = uri }));

    [Fact]
    public void Life_is_judged_by_the_servers_clock()
    {
        TestToken good = Good();
        Assert.Equal(JwtVerdict.Expired, Verify(good with { NotBeforeSeconds = -200, ExpirySeconds = -80 }));
        Assert.Equal(JwtVerdict.NotYetValid, Verify(good with { NotBeforeSeconds = 30, ExpirySeconds = 100 }));
        Assert.Equal(JwtVerdict.LivesTooLong, Verify(good with { ExpirySeconds = 300 }));
        _clock.SkewMs = 180_000;
        Assert.Equal(JwtVerdict.Expired, Verify(good));
        _clock.SkewMs = -180_000;
        Assert.Equal(JwtVerdict.NotYetValid, Verify(good));
    }

    [Fact]
    public void Origin_is_judged_before_everything_else()
    {
        using EcKeyPair other = EcKeyPair.Create();
        TestToken good = Good();
        Assert.Equal(JwtVerdict.BadSignature, Verify(good with { SignWith = other }));
        Assert.Equal(JwtVerdict.BadSignature, Verify(good with { Format = DSASignatureFormat.Rfc3279DerSequence }));
        Assert.Equal(JwtVerdict.UnknownKey, Verify(good with { KeyId = "organizations/x/apiKeys/y" }));
        Assert.Equal(JwtVerdict.UnknownKey, Verify(good with { Subject = "organizations/x/apiKeys/y" }));
        Assert.Equal(JwtVerdict.ForeignAlgorithm, Verify(good with { Algorithm = "none" }));
        Assert.Equal(JwtVerdict.NoNonce, Verify(good with { Nonce = null }));
        Assert.Equal(JwtVerdict.NoIssuer, Verify(good with { Issuer = null }));
        Assert.Equal(JwtVerdict.Accepted, Verify(good with { Issuer = "coinbase-cloud" }));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a.b")]
    [InlineData("a.b.c.d")]
    [InlineData("!!.??.**")]
    [InlineData("e30.e30.e30")]
    [InlineData("W10.W10.W10")]
    public void What_is_no_token_is_refused_without_an_exception(string token) =>
        Assert.NotEqual(JwtVerdict.Accepted, new JwtVerifier(_key, _clock).VerifyRequest(token, "GET", Path));

    [Fact]
    public void A_changed_claim_breaks_the_signature()
    {
        string[] parts = Good().Make().Split('.');
        string[] others = (Good() with { ExpirySeconds = 119 }).Make().Split('.');
        string mixed = $"{parts[0]}.{others[1]}.{parts[2]}";
        Assert.Equal(JwtVerdict.BadSignature, new JwtVerifier(_key, _clock).VerifyRequest(mixed, "GET", Path));
    }

    [Fact]
    public void A_subscription_needs_no_uri() =>
        Assert.Equal(JwtVerdict.Accepted, new JwtVerifier(_key, _clock).VerifySubscription(new TestToken(_key).Make()));

    [Fact]
    public void A_key_file_is_for_its_owner_only_and_reads_back()
    {
        string folder = Directory.CreateTempSubdirectory().FullName;
        try
        {
            string file = System.IO.Path.Combine(folder, "key.json");
            using AccessKey made = KeyFile.ReadOrCreate(file);
            using AccessKey read = KeyFile.ReadOrCreate(file);
            Assert.Equal(made.Name, read.Name);
            Assert.Equal(JwtVerdict.Accepted,
                new JwtVerifier(read, _clock).VerifySubscription(new TestToken(made).Make()));
            if (!OperatingSystem.IsWindows())
            {
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
            }

            File.WriteAllText(file, """{"name":"organizations/o/apiKeys/k","privateKey":"secret words"}""");
            InvalidDataException fault = Assert.Throws<InvalidDataException>(() => KeyFile.ReadOrCreate(file));
            Assert.DoesNotContain("secret words", fault.ToString(), StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private TestToken Good() => new(_key) { Uri = $"GET 127.0.0.1:1{Path}" };

    private JwtVerdict Verify(TestToken token) =>
        new JwtVerifier(_key, _clock).VerifyRequest(token.Make(), "GET", Path);
}
