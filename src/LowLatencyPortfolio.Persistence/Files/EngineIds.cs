using System.Security.Cryptography;

namespace LowLatencyPortfolio.Persistence;

/// <summary>Ids of engines: part of every order id, so that an engine knows its own orders at the venue.</summary>
internal static class EngineIds
{
    private const string Base32 = "abcdefghijklmnopqrstuvwxyz234567";

    public static string Draw() => RandomNumberGenerator.GetString(Base32, 8);

    /// <exception cref="ArgumentException">The id could not stand in an order id.</exception>
    public static string Require(string id) =>
        id.Length is >= 1 and <= 32 && id.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter))
            ? id
            : throw new ArgumentException($"engine id \"{id}\" must be 1 to 32 lower-case letters and digits");
}
