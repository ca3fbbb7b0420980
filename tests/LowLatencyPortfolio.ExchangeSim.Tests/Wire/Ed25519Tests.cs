using System.Buffers.Text;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using LowLatencyPortfolio.ExchangeSim.Wire.Auth;

namespace LowLatencyPortfolio.ExchangeSim.Tests.Wire;

/// <summary>A venue whose key is Ed25519: what it takes, and what it must never take for a signature of it.</summary>
public sealed class Ed25519Tests : IDisposable
{
    private const string Path = TestSim.Prefix + "/accounts";

    // RFC 8032, 7.1, test 1, and the token that RFC 8037, A.4, signs with it.
    private const string Seed = "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60";
    private const string PublicKey = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";
    private const string SignedText = "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc";
    private const string Signature =
        "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg";

    private readonly AccessKey _key = AccessKey.Create(KeyKind.Ed25519);
    private readonly ServerClock _clock = new(TimeProvider.System);

    public void Dispose() => _key.Dispose();

    [Fact]
    public void The_signature_of_the_standard_is_accepted_and_no_other_of_its_length()
    {
        using EdKeyPair pair = EdKeyPair.Read(Convert.ToBase64String(Convert.FromHexString(Seed + PublicKey)))!;
        byte[] signature = Base64Url.DecodeFromChars(Signature);
        byte[] text = Encoding.ASCII.GetBytes(SignedText);
        Assert.True(pair.Verify(text, signature));
        Assert.False(pair.Verify([.. text, 0], signature));
        Assert.False(pair.Verify(text, [.. signature, 0]));
        Assert.False(pair.Verify(text, []));
        for (int i = 0; i < signature.Length; i++)
        {
            signature[i] ^= 1;
            Assert.False(pair.Verify(text, signature));
            signature[i] ^= 1;
        }
    }

    [Fact]
    public void A_token_of_the_key_is_accepted()
    {
        Assert.Equal(JwtVerdict.Accepted, Verify(Good()));
        Assert.Equal("EdDSA", Good().Algorithm);
        Assert.Equal(
            JwtVerdict.Accepted, new JwtVerifier(_key, _clock).VerifySubscription(new TestToken(_key).Make()));
    }

    [Fact]
    public void Another_key_of_either_kind_is_refused_whatever_the_token_calls_it()
    {
        using EdKeyPair otherEd = EdKeyPair.Create();
        using EcKeyPair otherEc = EcKeyPair.Create();
        Assert.Equal(JwtVerdict.BadSignature, Verify(Good() with { SignWith = otherEd }));
        Assert.Equal(JwtVerdict.BadSignature, Verify(Good() with { SignWith = otherEc }));
        foreach (string name in (string[])["ES256", "HS256", "none", "eddsa", "Ed25519", ""])
        {
            Assert.Equal(JwtVerdict.ForeignAlgorithm, Verify(Good() with { Algorithm = name }));
            Assert.Equal(JwtVerdict.ForeignAlgorithm, Verify(Good() with { Algorithm = name, SignWith = otherEc }));
        }
    }

    [Fact]
    public void A_venue_with_an_ec_key_takes_no_eddsa()
    {
        using AccessKey ec = AccessKey.Create();
        using EdKeyPair ed = EdKeyPair.Create();
        TestToken token = new TestToken(ec) { Uri = $"GET 127.0.0.1:1{Path}" };
        JwtVerifier verifier = new(ec, _clock);
        Assert.Equal(JwtVerdict.Accepted, verifier.VerifyRequest(token.Make(), "GET", Path));
        Assert.Equal(
            JwtVerdict.ForeignAlgorithm,
            verifier.VerifyRequest((token with { Algorithm = "EdDSA", SignWith = ed }).Make(), "GET", Path));
        Assert.Equal(
            JwtVerdict.BadSignature, verifier.VerifyRequest((token with { SignWith = ed }).Make(), "GET", Path));
    }

    [Fact]
    public async Task Requests_are_answered_401_unless_the_key_signed_them()
    {
        await using TestSim sim = await TestSim.StartAsync(options => options with { KeyKind = KeyKind.Ed25519 });
        using EcKeyPair ec = EcKeyPair.Create();
        using EdKeyPair ed = EdKeyPair.Create();
        TestToken good = new(sim.Key) { Uri = $"GET {new Uri(sim.Url).Authority}{Path}" };
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(sim, good));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(sim, good with { Algorithm = "ES256" }));
        Assert.Equal(
            HttpStatusCode.Unauthorized, await StatusAsync(sim, good with { Algorithm = "ES256", SignWith = ec }));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(sim, good with { SignWith = ed }));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(sim, good with { Algorithm = "none" }));

        await using TestSocket user = await sim.ConnectAsync("/ws/user");
        await user.SubscribeUserAsync((good with { SignWith = ed }).Make());
        Assert.Equal("authentication failure", (await user.NextAsync()).GetProperty("message").GetString());
        await user.SubscribeUserAsync(new TestToken(sim.Key).Make());
        await user.NextAsync("user");
    }

    [Fact]
    public void A_key_file_of_the_kind_reads_back_and_its_seed_alone_is_the_same_key()
    {
        string folder = Directory.CreateTempSubdirectory().FullName;
        try
        {
            string file = System.IO.Path.Combine(folder, "key.json");
            using AccessKey made = KeyFile.ReadOrCreate(file, KeyKind.Ed25519);
            using AccessKey read = KeyFile.ReadOrCreate(file);
            Assert.Equal(made.Name, read.Name);
            Assert.True(Guid.TryParse(made.Name, out _));
            Assert.Equal(
                JwtVerdict.Accepted, new JwtVerifier(read, _clock).VerifySubscription(new TestToken(made).Make()));

            byte[] seed = Convert.FromBase64String(made.Pair.PrivateText())[..32];
            using EdKeyPair fromSeed = EdKeyPair.Read(Convert.ToBase64String(seed))!;
            Assert.Equal(made.Pair.PrivateText(), fromSeed.PrivateText());
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void Halves_that_do_not_belong_together_are_no_key()
    {
        string mixed = Convert.ToBase64String(Convert.FromHexString(PublicKey + Seed));
        Assert.Null(EdKeyPair.Read(mixed));
        Assert.Null(EdKeyPair.Read(Convert.ToBase64String(new byte[33])));
        Assert.Throws<FormatException>(() => EdKeyPair.Read("not base64!"));
    }

    private static async Task<HttpStatusCode> StatusAsync(TestSim sim, TestToken token)
    {
        using HttpRequestMessage request = sim.Request(HttpMethod.Get, Path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token.Make());
        using HttpResponseMessage answer = await sim.Http.SendAsync(request);
        return answer.StatusCode;
    }

    private TestToken Good() => new(_key) { Uri = $"GET 127.0.0.1:1{Path}" };

    private JwtVerdict Verify(TestToken token) =>
        new JwtVerifier(_key, _clock).VerifyRequest(token.Make(), "GET", Path);
}
