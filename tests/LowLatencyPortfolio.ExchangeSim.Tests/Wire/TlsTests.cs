using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace LowLatencyPortfolio.ExchangeSim.Tests.Wire;

public sealed class TlsTests
{
    [Fact]
    public async Task With_a_certificate_both_protocols_are_encrypted()
    {
        string file = Path.Combine(Directory.CreateTempSubdirectory("simtls").FullName, "cert.pfx");
        using X509Certificate2 certificate = MakeCertificate();
        await File.WriteAllBytesAsync(file, certificate.Export(X509ContentType.Pfx));
        await using TestSim sim = await TestSim.StartAsync(options => options with { Certificate = file });
        Assert.StartsWith("https://127.0.0.1:", sim.Url, StringComparison.Ordinal);
        Assert.Contains(" market wss://127.0.0.1:", sim.ReadyLine, StringComparison.Ordinal);
        using var handler = new HttpClientHandler
        {
            ServerCertificateCustomValidationCallback = (_, seen, _, _) => seen?.Thumbprint == certificate.Thumbprint,
        };
        using var http = new HttpClient(handler) { BaseAddress = new Uri(sim.Url) };
        using HttpResponseMessage time = await http.GetAsync(TestSim.Prefix + "/time");
        Assert.Equal(HttpStatusCode.OK, time.StatusCode);
        await using TestSocket socket = await TestSocket.ConnectAsync(
            new Uri("ws" + sim.Url["http".Length..] + "/ws"),
            options => options.RemoteCertificateValidationCallback =
                (_, seen, _, _) => seen?.GetCertHashString() == certificate.Thumbprint);
        await socket.SubscribeAsync("heartbeats");
        await socket.NextAsync("heartbeats");
        Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
    }

    private static X509Certificate2 MakeCertificate()
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256);
        DateTimeOffset now = DateTimeOffset.UtcNow;
        return request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
    }
}
