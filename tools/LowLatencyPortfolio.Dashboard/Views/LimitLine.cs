using System.Text.Json;
using LowLatencyPortfolio.Dashboard.Rendering;

namespace LowLatencyPortfolio.Dashboard.Views;

/// <summary>One limit with its use.</summary>
/// <param name="Name">The member that holds the limit.</param>
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

    /// <summary>Name of the limit as the configuration file has it: <c>maxPositionSizePct</c>.</summary>
    public string Setting => JsonNamingPolicy.CamelCase.ConvertName(Name);

    /// <summary>Whether reaching the limit is enough to break it, as it is of a loss.</summary>
    public bool BreaksWhenReached { get; init; }

    /// <summary>What is left; null where one of both is not known.</summary>
    public decimal? Headroom => Allowed - Used;

    /// <summary>Share of the limit that is used, percent.</summary>
    public decimal? UsedPct => Allowed is > 0m ? Used / Allowed * 100m : null;

    /// <summary>Whether more stands than is allowed.</summary>
    public bool IsExceeded => BreaksWhenReached ? Used >= Allowed : Used > Allowed;

    /// <summary>An amount of the line for a person; <c>-</c> where it is not known.</summary>
    public string Text(decimal? amount) =>
        Unit == "count" || amount is null ? Shown.Exact(amount) : Shown.Amount(amount.Value);

    /// <summary>The line for programs.</summary>
    public object Json() => new
    {
        limit = Setting,
        subject = Subject,
        measured = IsMeasured,
        unit = Unit,
        used = Used,
        allowed = Allowed,
        headroom = Headroom,
        usedPct = UsedPct,
        exceeded = IsExceeded,
    };
}
