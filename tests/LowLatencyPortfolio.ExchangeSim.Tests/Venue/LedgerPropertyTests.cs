namespace LowLatencyPortfolio.ExchangeSim.Tests;

/// <summary>
/// Random operations under random latencies and faults. After each: every hold is what the open orders' own numbers ask
/// for, and money and coins are what the fills say, both computed here from views alone, beside the venue's own audit.
/// </summary>
public sealed class LedgerPropertyTests
{
    private const int OperationsPerRun = 400;

    /// <summary>One over the product's base increment.</summary>
    private const decimal Fine = 100_000_000m;

    [Fact]
    public void Holds_and_balances_add_up_after_any_operation()
    {
        string? given = Environment.GetEnvironmentVariable("LLP_SEED");
        int first = given is null ? Random.Shared.Next()
            : int.Parse(given, System.Globalization.CultureInfo.InvariantCulture);
        for (int i = 0; i < (given is null ? 40 : 1); i++)
            RunSeed(first + i);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(20260101)]
    public void Holds_and_balances_add_up_for_fixed_seeds(int seed) => RunSeed(seed);

    private static void RunSeed(int seed)
    {
        var run = new RandomVenueRun(seed);
        for (int step = 0; step < OperationsPerRun; step++)
        {
            string operation = run.DoSomething();
            string? broken = Broken(run.Bench.Venue.Ledger());
            Assert.True(broken is null,
                $"{broken} after {operation}; repeat with LLP_SEED={seed} dotnet test --filter LedgerPropertyTests");
        }

        run.Settle();
        var ledger = run.Bench.Venue.Ledger();
        Assert.True(ledger.Accounts.All(account => account.Hold == 0),
            $"holds are left after the last order; LLP_SEED={seed}");
        Assert.True(ledger.Fills.Count > 0, $"nothing filled; LLP_SEED={seed}");
    }

    private static string? Broken(LedgerView ledger)
    {
        if (ledger.Violations.Count > 0)
            return ledger.Violations[0];
        foreach (var order in ledger.Orders)
        {
            if (order.IsFinal && order.Hold != 0)
                return $"ended order {order.OrderId} holds {order.Hold}";
            if ((order.Terms.Ladder is null ? Alone(order, ledger) : Ladder(order, ledger)) is { } broken)
                return $"order {order.OrderId} {broken}";
            if (!order.IsFinal && !order.Terms.IsMarket && order.Hold < Least(order))
                return $"order {order.OrderId} holds {order.Hold}, less than its remaining terms need ({Least(order)})";
        }

        foreach (var account in ledger.Accounts)
        {
            decimal held = ledger.Orders.Where(o => HoldCurrency(o) == account.Currency).Sum(o => o.Hold);
            if (account.Hold < held)
                return $"{account.Currency}: hold {account.Hold}, orders hold {held}";
            decimal expected = RandomVenueRun.Opening[account.Currency]
                + ledger.Transfers.Where(t => t.Currency == account.Currency).Sum(t => t.Amount)
                + ledger.Fills.Sum(fill => Effect(fill, account.Currency));
            if (expected != account.Available + account.Hold)
                return $"{account.Currency}: {account.Available + account.Hold} instead of {expected}";
            if (account.Available < 0)
                return $"{account.Currency}: {account.Available} available";
        }

        return null;
    }

    /// <summary>A scaled order holds and fills nothing itself, and shows what its children do.</summary>
    private static string? Ladder(OrderView order, LedgerView ledger)
    {
        var children = ledger.Orders.Where(child => child.OriginatingOrderId == order.OrderId).ToList();
        if (order.Hold != 0 || ledger.Fills.Any(fill => fill.OrderId == order.OrderId))
            return $"holds {order.Hold} or fills itself";
        if (order.FilledBase != children.Sum(child => child.FilledBase)
            || order.FilledValue != children.Sum(child => child.FilledValue)
            || order.TotalFees != children.Sum(child => child.TotalFees))
            return "does not show the sums of its children";
        return order.IsFinal != children.All(child => child.IsFinal) ? "has not ended with its children" : null;
    }

    /// <summary>
    /// A TWAP order fills no more than its slices so far, unless it ran over at its end; a bracket that an entry left
    /// is found from both sides.
    /// </summary>
    private static string? Alone(OrderView order, LedgerView ledger)
    {
        if (order.Terms is { Twap: { StartNs: { } startNs, Buckets: { } buckets }, EndTimeNs: { } endNs } terms)
        {
            decimal total = Total(terms);
            decimal slice = Math.Floor(total / buckets * Fine) / Fine;
            long begun = ledger.NowNs < startNs ? 0 : ((ledger.NowNs - startNs) / ((endNs - startNs) / buckets)) + 1;
            if (begun < buckets && order.FilledBase > slice * begun)
                return $"filled {order.FilledBase} in {begun} slices of {slice}";
        }

        var leg = ledger.Orders.SingleOrDefault(other => other.OrderId == order.AttachedOrderId);
        if (order.AttachedOrderId.Length > 0 && (leg?.OriginatingOrderId != order.OrderId || !order.IsFinal))
            return "has a bracket that is not its own, or before its end";
        bool leaves = order is { IsFinal: true, Attached: not null, FilledBase: > 0 };
        return leaves == (leg is null) ? "has left no bracket, or one too many" : null;
    }

    private static string HoldCurrency(OrderView order) => order.Side == OrderSide.Buy ? "USD" : "BTC";

    private static decimal Least(OrderView order)
    {
        var terms = order.Terms;
        if (terms.Ladder is not null)
            return 0;
        return (Total(terms) - order.FilledBase) * (order.Side == OrderSide.Sell ? 1 : terms.LimitPrice!.Value);
    }

    private static decimal Total(OrderTerms terms) =>
        terms.BaseSize ?? (Math.Floor(terms.QuoteSize!.Value / terms.LimitPrice!.Value * Fine) / Fine);

    private static decimal Effect(FillView fill, string currency) => (currency, fill.Side) switch
    {
        ("BTC", OrderSide.Buy) => fill.BaseSize,
        ("BTC", OrderSide.Sell) => -fill.BaseSize,
        (_, OrderSide.Buy) => -(fill.Price * fill.BaseSize) - fill.Fee,
        _ => (fill.Price * fill.BaseSize) - fill.Fee,
    };
}
