using LowLatencyPortfolio.Host.Report;

namespace LowLatencyPortfolio.Dashboard.Rendering;

/// <summary>One cell of a table, or one line.</summary>
/// <param name="Text">One line of text; <c>-</c> for nothing.</param>
/// <param name="Tone">Its colour on a terminal.</param>
internal readonly record struct Cell(string Text, Tone Tone = Tone.Plain)
{
    /// <summary>Nothing to show.</summary>
    public static Cell None { get; } = new("-", Tone.Quiet);

    public static implicit operator Cell(string text) => new(text);

    /// <summary>Profit or loss with two decimals, or all of them, with its sign and its colour.</summary>
    public static Cell Signed(decimal amount, bool exact = false) => new(
        exact ? (amount > 0m ? "+" : string.Empty) + ResultJson.DecimalText(amount) : Money.SignedNumber(amount),
        ToneOf(amount));

    /// <summary>A signed percentage with its colour.</summary>
    public static Cell SignedPercent(decimal? percent) =>
        percent is { } known ? new(Money.Percent(known), ToneOf(known)) : None;

    private static Tone ToneOf(decimal amount) => decimal.Round(amount, 2) switch
    {
        > 0m => Tone.Good,
        < 0m => Tone.Bad,
        _ => Tone.Plain,
    };
}
