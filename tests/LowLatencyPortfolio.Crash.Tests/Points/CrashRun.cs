using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Crash.Tests.Points;

/// <summary>One death at a named point, and the life after it.</summary>
internal sealed class CrashRun : IDisposable
{
    private const string Program = "crash-host.dll";
    private const decimal EntryLimit = 99.90m;
    private const decimal Below = 99.50m;
    private const decimal ThroughTheStop = 90m;
    private const decimal FarAbove = 110m;
    private const decimal FartherAbove = 121m;
    private const decimal AtLossLimit = 96m;
    private const string InPart = """{"kind":"partial_fill","fraction":"0.4","occurrences":[1]}""";
    private const string SoldWhileCancelled = """
        {"kind":"edit_unsupported"},{"kind":"trigger_untold"},
        {"kind":"fill_during_cancel","fraction":"0.4","occurrences":[1]}
        """;

    private const decimal TooSmallForAStop = 0.0005m;

    private static readonly TimeSpan s_betweenEntries = TimeSpan.FromMilliseconds(100);

    private readonly CrashPoint _point;
    private readonly Account _account;

    private CrashRun(CrashPoint point, Account account)
    {
        _point = point;
        _account = account;
    }

    private string Product => _account.Products[0].ProductId;

    private string Mark => _account.PathOf("mark");

    /// <summary>Takes a product that nobody has touched; the exposure limit has room for one entry.</summary>
    public static async Task<CrashRun> OpenAsync(ExchangeProcess exchange, CrashPoint point)
    {
        await exchange.Admin.HealAsync();
        string losses = point.Scenario == CrashScenario.Liquidation
            ? """, "emergencyLiquidationLossPct": -0.004, "dailyLossPct": -0.0039 """
            : string.Empty;
        // What is bought weighs 0.1 %: half of it is sold where the size is 0.05 %.
        (string most, string size) = IsReduction(point.Scenario) ? ("0.12", "0.05") : ("0.15", "0.1");
        return new CrashRun(point, await Account.OpenAsync(
            exchange, 1,
            $""" "totalCapital": 100000, "maxOrderNotional": 5000, "maxPositionSizePct": {most}{losses}""",
            $"""
            "positionSizePct": {size}, "trailPct": 0.05, "stopLimitBufferPct": 0.02, "minRatchet": 0.01,
            "maxEntriesPerHour": 20, "maxPriceAgeSeconds": 600, "nakedBudgetSeconds": 30, "nakedExitSeconds": 50
            """));
    }

    /// <summary>Trades until the process has killed itself at the point.</summary>
    public async Task DieAsync()
    {
        if (_point.Scenario == CrashScenario.Recovery)
        {
            await DieAsync("13", CrashScenario.Fill);
        }

        if (_point.Scenario == CrashScenario.EditAgain)
        {
            await MoveOnceAsync();
            await DieAsync("23 edit", CrashScenario.EditAgain);
            return;
        }

        await DieAsync(_point.Name, _point.Scenario);
        if (_point.Scenario == CrashScenario.FillAndFall)
        {
            await _account.Admin.PrintAsync(Product, ThroughTheStop);
        }
    }

    /// <summary>
    /// Starts again with clocks that stand still a second after readiness: by then every position must be on its way
    /// under a stop. Then lets time go on until nothing is in doubt, and once more kills, starts, stops in order.
    /// </summary>
    public async Task RecoverAsync()
    {
        using (TradingProcess next = Start(["--record", _account.PathOf("session.rec")], ("LLP_CRASH_HOLD_MS", "1000")))
        {
            await next.ReadyAsync();
            await _account.ProtectedAsync(next);
            if (_point.Scenario == CrashScenario.LateCancel)
            {
                await EndOldStopAsync(next);
            }

            await next.TellAsync("go");
            await _account.AgreedAsync(next);
            if (await HasAsync(IsWorkingEntry))
            {
                await _account.Admin.SettingsAsync("\"limit_fills_to_print_size\":false");
                await _account.Admin.PrintAsync(Product, Below);
                await UntilAsync(next, async () => !await HasAsync(IsWorkingEntry), "bought");
                await _account.AgreedAsync(next);
            }

            bool isReduction = IsReduction(_point.Scenario);
            if (isReduction)
            {
                await AssertSoldOnceAsync();
            }

            if (isReduction || _point.Scenario is CrashScenario.Edit or CrashScenario.EditAgain
                or CrashScenario.Replacement or CrashScenario.ReplacementOfRest)
            {
                await SellAsync(next);
            }

            Assert.True(next.Kill(), "it had ended by itself");
        }

        Books books = await _account.FindNothingAndStopAsync();
        Assert.True(books.Ledger.Orders.Count(order => !order.IsSell) <= 1, $"bought twice\n{books}");
        Assert.True(books.History.All(row => row.Action != HistoryAction.EntriesHalted), $"entries halted\n{books}");
    }

    public void Dispose() => _account.Dispose();

    private TradingProcess Start(IEnumerable<string> arguments, params (string Name, string Value)[] environment) =>
        _account.Start(Program, ["--topology", "inline", .. arguments], environment);

    private static bool IsReduction(CrashScenario scenario) => scenario is
        CrashScenario.Reduction or CrashScenario.ReductionByCancel or CrashScenario.ReductionInPart;

    // As the request of the engine that died would: its clock stands, so what follows waits for no later moment.
    private async Task EndOldStopAsync(TradingProcess next)
    {
        LedgerOrder old = Assert.Single((await _account.BooksAsync()).Ledger.Orders, order => order.IsLive);
        await _account.Admin.ForeignCancelAsync(old.OrderId);
        await UntilAsync(
            next, async () => !await HasAsync(order => order.IsLive && order.OrderId == old.OrderId), "gone");
        await _account.ProtectedAsync(next);
    }

    // Half of the one coin at most, by one order; nobody asks for the rest of it after a crash.
    private async Task AssertSoldOnceAsync()
    {
        Books books = await _account.BooksAsync();
        LedgerOrder[] sales = [.. books.Ledger.Orders.Where(order => order is { IsSell: true, IsStop: false })];
        Assert.True(sales.Length <= 1 && sales.Sum(order => order.Filled) <= 0.5m, books.ToString());
    }

    // The stops that were found are those that sell, once.
    private async Task SellAsync(TradingProcess process)
    {
        IReadOnlyList<LedgerOrder> orders = (await _account.BooksAsync()).Ledger.Orders;
        await _account.Admin.PrintAsync(Product, orders.Where(order => order.IsLive).Min(order => order.StopPrice));
        await UntilAsync(process, async () => !await HasAsync(order => order.IsLive), "sold");
        await _account.AgreedAsync(process);
    }

    private static bool IsWorkingEntry(LedgerOrder order) => order is { IsLive: true, IsSell: false };

    private async Task MoveOnceAsync()
    {
        using TradingProcess host = Start(_account.Entries(s_betweenEntries, _ => $"{Product},{EntryLimit},1,limit"));
        await DriveAsync(host, CrashScenario.Edit);
        await UntilAsync(
            host, async () => await HasAsync(order => order.Edits > 0) && await IsCoveredAsync(), "moved");
        Assert.True(host.Kill(), "it had ended by itself");
    }

    private async Task DieAsync(string point, CrashScenario scenario)
    {
        bool trades = scenario is not (CrashScenario.Creation or CrashScenario.Recovery);
        string[] entries = trades && scenario != CrashScenario.EditAgain
            ? _account.Entries(s_betweenEntries, _ => $"{Product},{EntryLimit},1,limit")
            : [];
        using TradingProcess host = Start(
            ["--record", _account.PathOf("session.rec"), .. entries], ("LLP_CRASH_POINT", point),
            ("LLP_CRASH_MARK", Mark));
        if (trades)
        {
            await DriveAsync(host, scenario);
        }

        await UntilAsync(host, () => Task.FromResult(false), $"it reaches point {point}");
        int code = await host.EndAsync();
        Assert.True(code == TradingProcess.KilledExitCode, $"it did not kill itself: {await host.DescribeAsync()}");
        Assert.Equal(point, await File.ReadAllTextAsync(Mark));
        (await _account.BooksAsync()).AssertNeverBroken(_account.Products);
    }

    private async Task DriveAsync(TradingProcess host, CrashScenario scenario)
    {
        if (scenario == CrashScenario.EditAgain)
        {
            // Nobody says when its feed has subscribed, so there is another trade until it has seen one.
            decimal price = FartherAbove;
            await UntilAsync(
                host,
                async () =>
                {
                    await _account.Admin.PrintAsync(Product, price += 0.01m);
                    return false;
                },
                "it sees a trade");
            return;
        }

        if (scenario is CrashScenario.Replacement or CrashScenario.LateCancel or CrashScenario.ReductionByCancel)
        {
            await _account.Admin.VenueFaultsAsync("""{"kind":"edit_unsupported"}""");
        }
        else if (scenario == CrashScenario.ReplacementOfRest)
        {
            await _account.Admin.VenueFaultsAsync(SoldWhileCancelled);
        }
        else if (scenario == CrashScenario.SmallFill)
        {
            await _account.Admin.SettingsAsync("\"limit_fills_to_print_size\":true");
        }

        if (scenario == CrashScenario.Entry
            || !await UntilAsync(host, () => HasAsync(order => order.IsLive), "bought"))
        {
            return;
        }

        await _account.Admin.PrintAsync(Product, Below, scenario == CrashScenario.SmallFill ? TooSmallForAStop : 1m);
        if (scenario is CrashScenario.Fill or CrashScenario.FillAndFall or CrashScenario.SmallFill
            || !await UntilAsync(host, IsCoveredAsync, "covered"))
        {
            return;
        }

        switch (scenario)
        {
            case CrashScenario.Stop:
                host.Terminate();
                break;
            case CrashScenario.ReductionInPart:
                await _account.Admin.VenueFaultsAsync(InPart);
                await host.TellAsync("rebalance");
                break;
            case CrashScenario.Reduction or CrashScenario.ReductionByCancel:
                await host.TellAsync("rebalance");
                break;
            case CrashScenario.Liquidation:
                await _account.Admin.VenueFaultsAsync(InPart);
                await _account.Admin.PrintAsync(Product, AtLossLimit);
                break;
            default:
                await _account.Admin.PrintAsync(Product, FarAbove);
                break;
        }
    }

    private async Task<bool> HasAsync(Func<LedgerOrder, bool> isSo) =>
        (await _account.BooksAsync()).Ledger.Orders.Any(isSo);

    private async Task<bool> IsCoveredAsync()
    {
        Books books = await _account.BooksAsync();
        return books.Ledger.Orders.Any(order => order is { IsLive: true, IsStop: true })
            && books.Disagreement(_account.Products, _account.OpeningCash) is null;
    }

    // False when it has died instead.
    private async Task<bool> UntilAsync(TradingProcess host, Func<Task<bool>> isSo, string what)
    {
        bool holds = false;
        await Until.TrueAsync(
            async () => host.HasExited || (holds = await isSo()), what,
            async () => $"{await host.DescribeAsync()}\n{await _account.BooksAsync()}", TradingProcess.Deadline);
        return holds;
    }
}
