namespace LowLatencyPortfolio.Domain;

/// <summary>One value of a configuration that is not allowed.</summary>
/// <param name="Path">Where it stands, in camelCase: <c>pairs.BTC-USD.trailPct</c>,
/// <c>portfolio.totalCapital</c>.</param>
/// <param name="Value">What stands there, as a person would write it; <c>nothing</c> for a missing value.</param>
/// <param name="Allowed">What may stand there, with its meaning spelled out and perhaps what was meant.</param>
public readonly record struct ConfigurationFault(string Path, string Value, string Allowed)
{
    /// <summary>One line for a person.</summary>
    /// <returns>Such as <c>pairs.BTC-USD.trailPct is 2; allowed: 0.002 to 0.5, 0.02 means 2 %; did you mean
    /// 0.02?</c></returns>
    public override string ToString() => $"{Path} is {Value}; allowed: {Allowed}";
}
