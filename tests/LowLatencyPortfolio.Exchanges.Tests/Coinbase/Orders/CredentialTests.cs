using System.Security.Cryptography;
using System.Text.Json;
using LowLatencyPortfolio.Exchanges.Coinbase;

namespace LowLatencyPortfolio.Exchanges.Tests.Coinbase.Orders;

public sealed class CredentialTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("llp-keys-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Environment_variables_with_escaped_line_breaks_are_a_key()
    {
        Dictionary<string, string> environment = new()
        {
            [CoinbaseCredentials.KeyVariable] = Keys.Name,
            [CoinbaseCredentials.SecretVariable] = Keys.Pem.Replace("\n", "\\n", StringComparison.Ordinal),
        };
        using CoinbaseCredentials credentials = CredentialSource.Load(null, environment.GetValueOrDefault);
        Assert.Equal(Keys.Name, credentials.KeyName);
        Assert.True(Keys.Public.VerifyData(new byte[] { 7 }, credentials.Sign([7]), HashAlgorithmName.SHA256));
    }

    [Fact]
    public void A_pkcs8_key_signs_too()
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using CoinbaseCredentials credentials = CoinbaseCredentials.Create(Keys.Name, key.ExportPkcs8PrivateKeyPem());
        Assert.True(key.VerifyData(new byte[] { 7 }, credentials.Sign([7]), HashAlgorithmName.SHA256));
    }

    [Fact]
    public void A_private_key_file_is_a_key()
    {
        using CoinbaseCredentials credentials = CredentialSource.Load(File(Json(), 0x180), _ => null);
        Assert.Equal(Keys.Name, credentials.KeyName);
    }

    [Theory]
    [InlineData(0x1A4)]     // 0644
    [InlineData(0x190)]     // 0620
    [InlineData(0x181)]     // 0601
    public void A_key_file_that_others_may_touch_is_refused(int mode)
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.True(mode != 0, "there are no such modes on this system");
            return;
        }

        string path = File(Json(), mode);
        CredentialException e = Assert.Throws<CredentialException>(() => CredentialSource.Load(path, _ => null));
        Assert.Contains("chmod 600", e.Message, StringComparison.Ordinal);
        Keys.AssertHidden(e.ToString());
    }

    public static TheoryData<string> BadSecrets => new(
        Keys.Pem[..^40],
        Keys.Pem.Replace("EC PRIVATE", "RSA PRIVATE", StringComparison.Ordinal),
        Keys.Pem.Replace("M", "N", StringComparison.Ordinal),
        string.Concat(Keys.Secrets),
        Keys.Pem + Keys.Pem,
        Keys.Public.ExportSubjectPublicKeyInfoPem(),
        ECDsa.Create(ECCurve.NamedCurves.nistP384).ExportECPrivateKeyPem(),
        "hello");

    [Theory]
    [MemberData(nameof(BadSecrets))]
    public void A_damaged_or_foreign_key_is_refused_without_being_quoted(string secret)
    {
        CredentialException e =
            Assert.Throws<CredentialException>(() => CoinbaseCredentials.Create(Keys.Name, secret));
        Keys.AssertHidden(e.ToString());
        Assert.DoesNotContain(secret, e.ToString(), StringComparison.Ordinal);
        Assert.Null(e.InnerException);
    }

    [Theory]
    [InlineData("{\"name\":\"x\",\"privateKey\":")]
    [InlineData("[]")]
    [InlineData("{\"name\":7}")]
    [InlineData("")]
    public void A_file_that_is_no_key_file_is_refused_without_being_quoted(string content)
    {
        string path = File(content + string.Concat(Keys.Secrets), 0x180);
        CredentialException e = Assert.Throws<CredentialException>(() => CredentialSource.Load(path, _ => null));
        Keys.AssertHidden(e.ToString());
    }

    [Fact]
    public void A_missing_file_or_variable_is_named()
    {
        Assert.Contains(
            "nowhere", Assert.Throws<CredentialException>(() => CredentialSource.Load("nowhere", _ => null)).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            CoinbaseCredentials.SecretVariable,
            Assert.Throws<CredentialException>(() => CredentialSource.Load(null, _ => null)).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a\"b")]
    [InlineData("a\r\nX-Header: b")]
    [InlineData(" ")]
    public void A_key_name_that_could_break_a_header_is_refused(string name) =>
        Assert.Throws<CredentialException>(() => CoinbaseCredentials.Create(name, Keys.Pem));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Credentials_tell_nothing_of_themselves(bool isEd25519)
    {
        using CoinbaseCredentials credentials = isEd25519 ? Keys.Ed25519Credentials() : Keys.Credentials();
        Keys.AssertHidden(credentials.ToString());
        Assert.DoesNotContain(Keys.Name, credentials.ToString(), StringComparison.Ordinal);
        Keys.AssertHidden(JsonSerializer.Serialize(credentials));
    }

    [Theory]
    [InlineData(true, true, true, "transfer")]
    [InlineData(true, false, false, "view and trade")]
    [InlineData(false, true, false, "view and trade")]
    public void A_key_with_other_rights_than_view_and_trade_is_refused(
        bool view, bool trade, bool transfer, string names)
    {
        KeyPermissions permissions = new(view, trade, transfer, "p");
        CredentialException e = Assert.Throws<CredentialException>(permissions.Require);
        Assert.Contains(names, e.Message, StringComparison.Ordinal);
        new KeyPermissions(CanView: true, CanTrade: true, CanTransfer: false, "p").Require();
    }

    private static string Json() =>
        JsonSerializer.Serialize(new Dictionary<string, string> { ["name"] = Keys.Name, ["privateKey"] = Keys.Pem });

    private string File(string content, int mode)
    {
        string path = Path.Combine(_folder.FullName, "key.json");
        System.IO.File.WriteAllText(path, content);
        if (!OperatingSystem.IsWindows())
        {
            System.IO.File.SetUnixFileMode(path, (UnixFileMode)mode);
        }

        return path;
    }
}
