using System.Globalization;
using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Host.Report;

namespace LowLatencyPortfolio.Host.Live;

/// <summary>What a person reads before a live run begins: where orders go, and what may be lost.</summary>
internal static class OpeningLines
{
    /// <summary>Makes the lines.</summary>
    /// <param name="request">The run.</param>
    /// <returns>Two lines on paper; at a venue the limits, the pairs and the capital too.</returns>
    public static IEnumerable<string> Of(LiveRequest request)
    {
        string pairs = string.Join(", ", request.Pairs.Select(pair => pair.ProductId));
        IEnumerable<string> lines = request.Account is { } account
            ? AtVenue(request, account, pairs)
            : [$"Paper trading on live prices of {pairs}"];
        return lines.Append(request.Length is { } length
            ? Invariant($"  Ends after {length.TotalSeconds:0} s; Ctrl-C or SIGTERM stops it in order before")
            : "  Ctrl-C or SIGTERM stops it in order");
    }

    private static IEnumerable<string> AtVenue(LiveRequest request, AccountFacts account, string pairs)
    {
        PortfolioConfig portfolio = request.Portfolio;
        string currency = portfolio.QuoteCurrency;
        string capital = Money.Cents(portfolio.TotalCapital, currency);
        bool isSimulated = request.Endpoints.Rest.IsLoopback;
        yield return $"{(isSimulated ? "Simulated money" : "REAL MONEY")}: orders go to "
            + $"{request.Endpoints.Rest.Authority}, portfolio {account.PortfolioId}";
        yield return $"  Pairs: {pairs}";
        yield return $"  Capital: {capital} of {Money.Cents(account.Worth, currency)} in the portfolio; at most "
            + $"{Money.Cents(portfolio.MaxOrderNotional ?? 0m, currency)} an order, "
            + $"{ResultJson.DecimalText(portfolio.MaxPositionSizePct)} % a position, "
            + Invariant($"{portfolio.MaxPositions} positions");
        yield return $"  Fees reckoned with: maker {Percent(request.Paper.MakerFee)}, "
            + $"taker {Percent(request.Paper.TakerFee)} (the account's: {Percent(account.Fees.Maker)}, "
            + $"{Percent(account.Fees.Taker)})";
        decimal emergency = portfolio.TotalCapital * portfolio.EmergencyLiquidationLossPct / 100m;
        yield return $"  What may be lost: at {Money.Signed(emergency, currency)} everything is sold; "
            + $"through a gap in the price, up to all {capital}";
        if (!isSimulated)
        {
            yield return "  Advice: give it a portfolio of its own and a key bound to that; "
                + "what else trades there is not protected";
        }
    }

    private static string Percent(decimal fraction) => $"{ResultJson.DecimalText(fraction * 100m)} %";

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
