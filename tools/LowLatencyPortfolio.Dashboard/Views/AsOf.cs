using LowLatencyPortfolio.Dashboard.Rendering;
using LowLatencyPortfolio.Persistence;

namespace LowLatencyPortfolio.Dashboard.Views;

/// <summary>The line that says how old figures and prices are.</summary>
internal static class AsOf
{
    /// <summary>Makes the line.</summary>
    /// <param name="picture">What is shown.</param>
    /// <returns>
    /// Such as <c>As of 2023-12-11 11:59:59 UTC, prices of 2023-12-11 11:59:59 UTC</c>. A held pair without a stored
    /// price is valued at what it cost, and that is said.
    /// </returns>
    public static Cell Line(PortfolioPicture picture)
    {
        if (picture.AtNs == 0)
        {
            return new Cell("Nothing has happened yet", Tone.Quiet);
        }

        string at = $"As of {Shown.Time(picture.AtNs)} UTC";
        if (picture.Pairs.All(pair => pair.Open is null))
        {
            return new Cell(at, Tone.Quiet);
        }

        string prices = picture.PricesKnownAtNs is { } known
            ? $", prices of {Shown.Time(known)} UTC"
            : ", no price stored yet for " + string.Join(
                ", ", picture.Pairs.Where(pair => pair is { Open: not null, MarkKnownAtNs: null })
                    .Select(pair => pair.Product.ProductId)) + ": valued at cost";
        return new Cell(at + prices, Tone.Quiet);
    }
}
