using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace LowLatencyPortfolio.Exchanges.Tests.Coinbase.Feed;

/// <summary>A certificate for localhost that nobody but its maker trusts.</summary>
internal sealed class TestCertificate : IDisposable
{
    public TestCertificate(string host = "localhost")
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new($"CN={host}", key, HashAlgorithmName.SHA256);
        SubjectAlternativeNameBuilder names = new();
        names.AddDnsName(host);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using X509Certificate2 made = request.CreateSelfSigned(
            DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        Certificate = X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pfx), password: null);
        Roots = [X509CertificateLoader.LoadCertificate(made.Export(X509ContentType.Cert))];
    }

    public X509Certificate2 Certificate { get; }

    public X509Certificate2Collection Roots { get; }

    public void Dispose() => Certificate.Dispose();
}
