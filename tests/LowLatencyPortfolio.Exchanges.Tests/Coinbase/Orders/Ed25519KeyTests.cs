using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using LowLatencyPortfolio.Exchanges.Coinbase;

namespace LowLatencyPortfolio.Exchanges.Tests.Coinbase.Orders;

/// <summary>Ed25519 keys in every form that Coinbase's SDKs take, and what they sign.</summary>
public sealed class Ed25519KeyTests
{
    private const string PemHead = "302e020100300506032b657004220420";

    /// <summary>Seed, public key, text and signature of RFC 8032, 7.1: tests 1, 2, 3 and SHA(abc).</summary>
    public static TheoryData<string, string, string, string> Standard => new()
    {
        {
            "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
            "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
            "",
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
            + "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
        },
        {
            "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
            "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
            "72",
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
            + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
        },
        {
            "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
            "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
            "af82",
            "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
            + "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"
        },
        {
            "833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42",
            "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf",
            "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
            + "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f",
            "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b589"
            + "09351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac17ad9bef1177331a704"
        },
    };

    [Theory]
    [MemberData(nameof(Standard))]
    public void A_key_in_any_form_signs_as_the_standard_says(
        string seed, string publicKey, string text, string signature)
    {
        byte[] secret = Convert.FromHexString(seed);
        byte[] pair = Convert.FromHexString(seed + publicKey);
        string pem = PemEncoding.WriteString("PRIVATE KEY", Convert.FromHexString(PemHead + seed));
        string[] forms =
        [
            Convert.ToBase64String(secret), Convert.ToBase64String(pair), $"  {Convert.ToBase64String(pair)}\n",
            pem, pem.Replace("\n", "\\n", StringComparison.Ordinal),
        ];
        foreach (string form in forms)
        {
            using CoinbaseCredentials credentials = CoinbaseCredentials.Create("a-b", form);
            Assert.Equal("EdDSA", credentials.Algorithm);
            Assert.Equal(signature, Convert.ToHexStringLower(credentials.Sign(Convert.FromHexString(text))));
        }
    }

    [Fact]
    public void The_token_of_rfc_8037_has_the_signature_printed_there()
    {
        using CoinbaseCredentials credentials =
            CoinbaseCredentials.Create("a-b", "nWGxne/9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A=");
        byte[] signature = credentials.Sign(
            "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc"u8.ToArray());
        Assert.Equal(
            "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg",
            Base64Url.EncodeToString(signature));
    }

    [Fact]
    public void Tokens_name_eddsa_and_are_signed_by_the_key()
    {
        using CoinbaseCredentials credentials = Keys.Ed25519Credentials();
        ManualTime time = new();
        JwtSigner signer = new(credentials, "api.coinbase.com", time);
        using SignedHeads heads = new(signer, new Uri("https://api.coinbase.com"), time, e => throw e);
        string before = BearerOf(heads.Create);
        time.Advance(TimeSpan.FromSeconds(60));
        string after = BearerOf(heads.Create);
        Assert.NotEqual(before, after);
        foreach (string token in (string[])[before, after, Encoding.ASCII.GetString(signer.ForSocket())])
        {
            string[] parts = token.Split('.');
            JsonElement header = JsonDocument.Parse(Base64Url.DecodeFromChars(parts[0])).RootElement;
            Assert.Equal("EdDSA", header.GetProperty("alg").GetString());
            Assert.Equal("JWT", header.GetProperty("typ").GetString());
            Assert.Equal(Keys.Name, header.GetProperty("kid").GetString());
            Assert.Equal(32, header.GetProperty("nonce").GetString()!.Length);
            Assert.True(Keys.IsSignedByEd25519(
                Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), Base64Url.DecodeFromChars(parts[2])));
        }
    }

    [Fact]
    public void Several_threads_may_sign_at_once()
    {
        using CoinbaseCredentials credentials = Keys.Ed25519Credentials();
        Parallel.For(0, 2_000, i =>
        {
            byte[] text = BitConverter.GetBytes(i);
            Assert.True(Keys.IsSignedByEd25519(text, credentials.Sign(text)));
        });
    }

    [Fact]
    public void A_forgotten_key_signs_no_more()
    {
        CoinbaseCredentials credentials = Keys.Ed25519Credentials();
        credentials.Dispose();
        Assert.ThrowsAny<ObjectDisposedException>(() => credentials.Sign([1]));
    }

    [Fact]
    public void Halves_that_do_not_belong_together_are_told_in_one_line_without_any_of_them()
    {
        byte[] mixed = [.. Keys.Ed25519Bytes[..32], .. RandomNumberGenerator.GetBytes(32)];
        CredentialException e = Assert.Throws<CredentialException>(
            () => CoinbaseCredentials.Create(Keys.Name, Convert.ToBase64String(mixed)));
        Assert.Contains("Ed25519", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("\n", e.Message, StringComparison.Ordinal);
        Keys.AssertHidden(e.ToString());
    }

    public static TheoryData<string> NoKeys => new(
        Keys.Ed25519[..^4],
        Keys.Ed25519 + "AAAA",
        "!" + Keys.Ed25519[1..],
        Convert.ToBase64String(new byte[31]),
        Convert.ToBase64String(new byte[65]),
        Convert.ToHexString(Keys.Ed25519Bytes),
        Pem(PemHead, "PUBLIC KEY"),
        Pem(PemHead, "EC PRIVATE KEY"),
        Pem("302e020100300506032b656e04220420", "PRIVATE KEY"),     // X25519
        Pem(PemHead, "PRIVATE KEY") + "\n" + Pem(PemHead, "PRIVATE KEY"));

    [Theory]
    [MemberData(nameof(NoKeys))]
    public void What_is_no_such_key_is_refused_in_one_line_without_being_quoted(string secret)
    {
        CredentialException e =
            Assert.Throws<CredentialException>(() => CoinbaseCredentials.Create(Keys.Name, secret));
        Assert.Contains("nor an Ed25519 key", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', e.Message);
        Assert.DoesNotContain(secret, e.ToString(), StringComparison.Ordinal);
        Keys.AssertHidden(e.ToString());
        Assert.Null(e.InnerException);
    }

    [Theory]
    [InlineData("id")]
    [InlineData("name")]
    public void A_key_file_may_call_the_name_id_as_those_of_such_keys_do(string member)
    {
        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            File.WriteAllText(path, JsonSerializer.Serialize(
                new Dictionary<string, string> { [member] = Keys.Name, ["privateKey"] = Keys.Ed25519 }));
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            }

            using CoinbaseCredentials credentials = CredentialSource.Load(path, _ => null);
            Assert.Equal(Keys.Name, credentials.KeyName);
            Assert.True(Keys.IsSignedByEd25519([7], credentials.Sign([7])));
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static string Pem(string head, string label) => PemEncoding.WriteString(
        label, [.. Convert.FromHexString(head), .. Keys.Ed25519Bytes.AsSpan(0, 32)]);

    private static string BearerOf(SignedHead head) =>
        Encoding.ASCII.GetString(head.Bytes).Split("Bearer ")[1].Split("\r\n")[0];
}
