// Several pairs as one portfolio, through the public API: signals for all pairs at once, entries submitted together,
// stops that follow real prices, a risk gate that refuses, rebalancing, and how it all stood. Needs nothing and ends by
// itself.
using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Engine;
using LowLatencyPortfolio.Persistence;
using LowLatencyPortfolio.Signals;
using MultiPairDemo;
using static MultiPairDemo.Lines;

DirectoryInfo folder = Directory.CreateTempSubdirectory("multi-pair-demo-");
string database = Path.Combine(folder.FullName, "portfolio.db");
try
{
    using Tape tape = new(DemoPortfolio.Pairs);
    TapeClock clock = new(tape.Now);
    (decimal capital, int pairs) = (DemoPortfolio.Limits.TotalCapital, DemoPortfolio.Pairs.Length);
    Say($"Capital ${capital:N0}, {pairs} pairs, real prices from {tape.Now:yyyy-MM-dd HH:mm} UTC on");
    Say($"");
    await using (MultiPairOrchestrator portfolio = DemoPortfolio.Engine(new DemoSignals(), clock, database))
    {
        await Trade(portfolio, tape, clock);
        await ShowRefusal(portfolio);
        await portfolio.StopAsync();
    }

    ShowResult(database);
    return 0;
}
finally
{
    folder.Delete(recursive: true);
}

// Minute by minute: the prices of all pairs, and every five minutes, when candles close, the signals. The engine takes
// one price after the other, and the next minute begins with a status that comes after all of them.
static async Task Trade(MultiPairOrchestrator portfolio, Tape tape, TapeClock clock)
{
    const int Answers = 5;
    Rebalance rebalance = new();
    while (tape.ReadMinute() is { Count: > 0 } trades)
    {
        clock.Set(tape.Now);
        PortfolioStatus status = await portfolio.GetPortfolioStatusAsync();
        if (tape.Now.Minute % 5 == 0 && status.Pairs.All(pair => pair.LastPrice is not null))
        {
            await Enter(portfolio, status);
            await rebalance.LookAsync(portfolio, status);
        }

        foreach ((string productId, decimal price, decimal quantity, long venueTimeNs) in trades)
        {
            _ = portfolio.Engine.PublishTick(productId, price, quantity, tradeKey: 0, venueTimeNs);
        }

        // What the prices led to is answered before the clock jumps on: an order, its acknowledgement, the next order.
        for (int i = 0; i < Answers; i++)
        {
            _ = await portfolio.GetPortfolioStatusAsync();
        }
    }
}

static async Task Enter(MultiPairOrchestrator portfolio, PortfolioStatus status)
{
    // README entries
    IReadOnlyList<SignalCheck> checks = await portfolio.CheckAllEntriesAsync();
    EntrySignal[] entries = [.. checks.Select(check => check.Signal).OfType<EntrySignal>()
        .Where(signal => signal.ShouldEnter && status.Pair(signal.ProductId).Exposure == 0m)
        .OrderByDescending(signal => signal.Confidence)];
    IReadOnlyList<EntryResult> results = await portfolio.SubmitCoordinatedEntriesAsync(entries, maxConcurrent: 3);
    // README ends
    Entries(status.At, results);
}

// An order that would be a third of the capital: the gate says which limit it breaks, and nothing is sent.
static async Task ShowRefusal(MultiPairOrchestrator portfolio)
{
    PairStatus bitcoin = (await portfolio.GetPortfolioStatusAsync()).Pair("BTC-USD");
    EntrySignal tooLarge = new()
    {
        ProductId = "BTC-USD", ShouldEnter = true, LimitPrice = bitcoin.LastPrice, Quantity = 0.8m,
    };
    EntryResult refused = (await portfolio.SubmitCoordinatedEntriesAsync([tooLarge]))[0];
    Say($"");
    Say($"0.8 BTC at {bitcoin.LastPrice:0.00}, a third of the capital: REFUSED: {Words(refused.Verdict)}");
}

static void ShowResult(string database)
{
    using PortfolioDatabase stored = PortfolioDatabase.OpenReadOnly(database);
    PortfolioPicture picture = PortfolioPicture.Read(stored);
    Say($"");
    Pairs(picture);
    Say($"");
    Rebalance.Show(stored);
    Say($"");
    Say($"Rebalancing (recommended beyond {DemoPortfolio.Limits.RebalanceThresholdPct} % of drift)");
    IReadOnlyList<RebalanceAction> actions = picture.Book.GetRebalanceActions();
    foreach (RebalanceAction action in actions)
    {
        (string name, decimal weight, decimal target) = (action.ProductId, action.WeightPct, action.TargetPct);
        Say($"  {name,-9}  {action.Kind} by {action.Quantity}: {weight:F2} % of equity, {target} % wanted");
    }

    if (actions.Count == 0)
    {
        Say($"  nothing has drifted so far");
    }

    Say($"");
    Status(picture.Metrics);
}
