namespace LowLatencyPortfolio.Dashboard.Views;

/// <summary>One limit with its use.</summary>
/// <param name="Name">Name of the limit, as the configuration calls it.</param>
/// <param name="Subject">The product or group it concerns; <c>portfolio</c> for the whole.</param>
/// <param name="Unit"><c>quote</c> or <c>count</c>.</param>
/// <param name="Used">What stands; null where no row says it.</param>
/// <param name="Allowed">The most allowed; null while the limit is off.</param>
/// <param name="IsMeasured">Whether the group it concerns is a measured one, named after its first pair.</param>
internal sealed record LimitLine(
    string Name, string Subject, string Unit, decimal? Used, decimal? Allowed, bool IsMeasured = false)
{
    /// <summary><see cref="Subject"/> of what concerns the whole portfolio.</summary>
    public const string Whole = "portfolio";

    /// <summary>What is left; null where one of both is not known.</summary>
    public decimal? Headroom => Allowed - Used;

    /// <summary>Share of the limit that is used, percent.</summary>
    public decimal? UsedPct => Allowed is > 0m ? Used / Allowed * 100m : null;

    /// <summary>Whether more stands than is allowed.</summary>
    public bool IsExceeded => Used > Allowed;
}
