using LowLatencyPortfolio.Dashboard.Rendering;
using LowLatencyPortfolio.Persistence;

namespace LowLatencyPortfolio.Dashboard.Views;

/// <summary><c>pairs</c>: what each product made and by what, adding up to the account's change.</summary>
internal static class PairsView
{
    /// <summary>Makes the view.</summary>
    /// <param name="picture">The portfolio.</param>
    /// <param name="exact">Every digit instead of two decimals.</param>
    public static View Of(PortfolioPicture picture, bool exact)
    {
        PairPicture[] traded = [.. picture.Pairs.Where(pair => pair.Positions.Count > 0)];
        decimal change = picture.Metrics.Equity - picture.Metrics.TotalCapital;
        return new View(
            [
                new TableBlock(
                    $"Result by pair ({picture.Portfolio.QuoteCurrency})",
                    [
                        "Product", ">Active", ">Deployed", ">Return", ">Gross", ">Entry fees", ">Exit fees",
                        ">Slippage", ">Net", ">To stop",
                    ],
                    [.. traded.Select(pair => Row(pair, exact))],
                    traded.Length == 0 ? null : Total(picture, exact),
                    Empty: "no pair has traded"),
                new LineBlock(null, [.. Lines(picture, traded, change)]),
            ],
            Json(picture, traded, change));
    }

    private static IEnumerable<Cell> Lines(PortfolioPicture picture, PairPicture[] traded, decimal change)
    {
        string currency = picture.Portfolio.QuoteCurrency;
        yield return $"Net {Shown.Exact(picture.Account.Net)} = equity {Shown.Exact(picture.Metrics.Equity)}"
            + $" - capital {Shown.Exact(picture.Metrics.TotalCapital)} {currency}";
        if (picture.Account.Net != change)
        {
            yield return new Cell(
                $"The books do not balance: the difference is {Shown.Exact(picture.Account.Net - change)}", Tone.Bad);
        }

        yield return new Cell("Gross - entry fees - exit fees - slippage = net; return is net / bought", Tone.Quiet);
        yield return new Cell("Gross: every stop filled at its trigger; slippage: what fills got less", Tone.Quiet);
        int idle = picture.Pairs.Count - traded.Length;
        if (idle > 0)
        {
            yield return new Cell($"Pairs without a trade: {idle}", Tone.Quiet);
        }

        yield return AsOf.Line(picture);
    }

    private static Cell[] Row(PairPicture pair, bool exact) =>
    [
        pair.Product.ProductId,
        pair.Open is null ? Cell.None : Shown.Exact(pair.Held),
        Amount(pair.Open?.Cost ?? 0m, exact),
        Cell.SignedPercent(pair.Account.ReturnPct),
        .. Result(pair.Account, exact),
        Shown.Percent(pair.StopDistancePct),
    ];

    private static Cell[] Total(PortfolioPicture picture, bool exact) =>
    [
        "Total",
        Shown.Count(picture.Metrics.ActivePositions),
        Amount(picture.Metrics.DeployedCapital, exact),
        Cell.SignedPercent(picture.Account.ReturnPct),
        .. Result(picture.Account, exact),
        string.Empty,
    ];

    private static Cell[] Result(PairAccount account, bool exact) =>
    [
        Cell.Signed(account.Gross, exact),
        Amount(account.EntryFees, exact),
        Amount(account.ExitFees, exact),
        Amount(account.Slippage, exact),
        Cell.Signed(account.Net, exact),
    ];

    private static string Amount(decimal amount, bool exact) => exact ? Shown.Exact(amount) : Shown.Amount(amount);

    private static object Json(PortfolioPicture picture, PairPicture[] traded, decimal change) => new
    {
        at = Shown.Iso(picture.AtNs),
        pricesAt = Shown.Iso(picture.PricesKnownAtNs),
        quoteCurrency = picture.Portfolio.QuoteCurrency,
        pairs = traded.Select(pair => new
        {
            productId = pair.Product.ProductId,
            group = pair.Config.CorrelationGroup,
            active = pair.Open is not null,
            quantity = pair.Held,
            deployed = pair.Open?.Cost ?? 0m,
            returnPct = pair.Account.ReturnPct,
            gross = pair.Account.Gross,
            entryFees = pair.Account.EntryFees,
            exitFees = pair.Account.ExitFees,
            slippage = pair.Account.Slippage,
            net = pair.Account.Net,
            price = pair.Mark,
            priceAt = Shown.Iso(pair.MarkKnownAtNs),
            stopTrigger = pair.StopTrigger,
            stopDistancePct = pair.StopDistancePct,
            closedTrades = pair.Positions.Count(row => row.Quantity == 0m),
        }),
        total = new
        {
            active = picture.Metrics.ActivePositions,
            deployed = picture.Metrics.DeployedCapital,
            returnPct = picture.Account.ReturnPct,
            gross = picture.Account.Gross,
            entryFees = picture.Account.EntryFees,
            exitFees = picture.Account.ExitFees,
            slippage = picture.Account.Slippage,
            net = picture.Account.Net,
        },
        totalCapital = picture.Metrics.TotalCapital,
        equity = picture.Metrics.Equity,
        change,
        balanced = picture.Account.Net == change,
    };
}
