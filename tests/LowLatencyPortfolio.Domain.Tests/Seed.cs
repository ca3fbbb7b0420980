using System.Globalization;

namespace LowLatencyPortfolio.Domain.Tests;

/// <summary>A seed for one property: a new one each run, or the one that LLP_SEED names.</summary>
internal readonly record struct Seed(int Value)
{
    public static Seed Take() => new(
        int.TryParse(Environment.GetEnvironmentVariable("LLP_SEED"), CultureInfo.InvariantCulture, out int given)
            ? given
            : System.Random.Shared.Next());

    public Random Random() => new(Value);

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"repeat with LLP_SEED={Value} dotnet test");
}
