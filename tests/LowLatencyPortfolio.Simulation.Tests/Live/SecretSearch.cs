using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace LowLatencyPortfolio.Simulation.Tests.Live;

/// <summary>
/// Looks for a key, in every form in which it could have been written, and for the tokens that are signed with it.
/// </summary>
internal sealed partial class SecretSearch
{
    private const int LeastLength = 16;
    private readonly string[] _forms;

    /// <param name="keyFile">The key as the simulator reads it inside JSON: a PEM, or a seed in base64.</param>
    public SecretSearch(string keyFile)
    {
        string text = JsonNode.Parse(File.ReadAllText(keyFile))!["privateKey"]!.GetValue<string>();
        bool isPem = text.StartsWith("-----", StringComparison.Ordinal);
        string[] lines = isPem ? text.Split('\n', StringSplitOptions.RemoveEmptyEntries)[1..^1] : [text];
        byte[] secret = isPem ? SecretOf(text) : Convert.FromBase64String(text);
        string base64 = Convert.ToBase64String(secret).TrimEnd('=');
        _forms =
        [
            .. lines.Where(line => line.Length >= LeastLength),
            base64, base64.Replace('+', '-').Replace('/', '_'),
            Convert.ToHexString(secret), Convert.ToHexStringLower(secret),
        ];
        Assert.True(lines.Length >= 1 && secret.Length == 32, "the key is not what is looked for");
    }

    /// <summary>What of the secret stands in a text; null when nothing does.</summary>
    public string? FindIn(string text) =>
        _forms.FirstOrDefault(form => text.Contains(form, StringComparison.Ordinal))
        ?? (Token().Match(text) is { Success: true } token ? token.Value : null);

    /// <summary>Fails when a file of the folder, but the key's own, holds anything of the secret.</summary>
    public void AssertNoFile(string folder, string keyFile)
    {
        foreach (string file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            if (file != keyFile)
            {
                using FileStream stream = new(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
                byte[] bytes = new byte[stream.Length];
                stream.ReadExactly(bytes);
                Assert.True(FindIn(Encoding.Latin1.GetString(bytes)) is null, $"{file} holds a secret");
            }
        }
    }

    private static byte[] SecretOf(string pem)
    {
        using ECDsa key = ECDsa.Create();
        key.ImportFromPem(pem);
        return key.ExportParameters(includePrivateParameters: true).D!;
    }

    // The beginning of any token: {" in base64url, and enough after it that no number in a file looks like it by
    // chance.
    [GeneratedRegex("eyJ[A-Za-z0-9_-]{12,}")]
    private static partial Regex Token();
}
