using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace LowLatencyPortfolio.Simulation.Tests.Live;

/// <summary>
/// The key where something goes wrong before a session has begun; every other test of live sessions searches for it at
/// its end (<see cref="LiveTest"/>).
/// </summary>
public sealed class SecretTests : LiveTest
{
    [Fact]
    public async Task A_venue_that_is_gone_ends_the_start_with_one_line_without_the_key()
    {
        string[] arguments;
        using (ExchangeSimProcess venue = await ExchangeSimProcess.StartAsync(Workspace))
        {
            arguments = Arguments(venue);
        }

        LlpResult result = Run(arguments);
        Assert.Equal(1, result.ExitCode);
        Assert.StartsWith("llp: the venue did not answer: ", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("run")]
    [InlineData("report")]
    public async Task A_key_that_the_venue_refuses_ends_the_start_without_showing_it(string what)
    {
        using ExchangeSimProcess venue = await ExchangeSimProcess.StartAsync(Workspace);
        string[] arguments = Arguments(venue);
        LlpResult first = Run([.. arguments, "--seconds", "1"]);
        Assert.True(first.ExitCode == 0, first.Error);
        _ = await venue.PostAsync("/admin/wire/key?revoked=true");
        LlpResult result = Run(what == "run" ? arguments : [.. arguments, "--reconcile", "report"]);
        Assert.NotEqual(0, result.ExitCode);
        Assert.StartsWith("llp: ", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_file_that_is_cut_short_is_refused_without_showing_what_it_holds()
    {
        using ExchangeSimProcess venue = await ExchangeSimProcess.StartAsync(Workspace);
        string whole = File.ReadAllText(venue.KeyFile);
        string[] arguments = Arguments(venue);
        for (int length = whole.Length - 1; length > 0; length -= whole.Length / 4)
        {
            File.WriteAllText(venue.KeyFile, whole[..length]);
            LlpResult result = Run(arguments);
            Assert.Equal(2, result.ExitCode);
            Assert.Null(SearchFor(whole).FindIn(result.Output + result.Error));
        }

        File.WriteAllText(venue.KeyFile, whole);
    }

    [Fact]
    public void The_search_finds_a_key_in_each_form_and_a_token()
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        string pem = key.ExportPkcs8PrivateKeyPem();
        byte[] secret = key.ExportParameters(includePrivateParameters: true).D!;
        SecretSearch search = SearchFor(JsonSerializer.Serialize(new { name = "k", privateKey = pem }));
        string base64 = Convert.ToBase64String(secret);
        string token = Convert.ToBase64String(Encoding.ASCII.GetBytes("""{"alg":"ES256","typ":"JWT"}"""));
        string[] leaks =
            [pem, pem.Split('\n')[1], base64, base64.Replace('+', '-').Replace('/', '_'),
                Convert.ToHexString(secret), token];
        Assert.All(leaks, leak => Assert.NotNull(search.FindIn($"before {leak} after")));
        Assert.Null(search.FindIn("-----BEGIN PRIVATE KEY----- of organizations/1/apiKeys/2"));

        string file = Workspace.Write("log.txt", $"told: {base64}");
        Assert.ThrowsAny<Exception>(() => search.AssertNoFile(Workspace.Folder, Workspace.File("search.json")));
        File.Delete(file);
        search.AssertNoFile(Workspace.Folder, Workspace.File("search.json"));
    }

    private SecretSearch SearchFor(string keyFile)
    {
        string file = Workspace.Write("search.json", keyFile);
        SecretSearch search = new(file);
        File.Delete(file);
        return search;
    }

    private string[] Arguments(ExchangeSimProcess venue) =>
    [
        .. LiveSession.Arguments(Workspace, venue, "coinbase"), "--key-file", venue.KeyFile,
        "--db", Workspace.File("secret.db"),
    ];
}
