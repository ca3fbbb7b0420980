using System.Diagnostics;
using System.Globalization;
using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Crash.Tests.Kills;

/// <summary>
/// <c>llp</c> on one database, killed again and again; each start is the recovery from the kill before, and the last
/// one must leave nothing open.
/// </summary>
/// <remarks>
/// A seed repeats which kind of chain it is, how much is bought, how prices move and which moments are aimed at; where
/// a process then stands is up to the machine.
/// </remarks>
internal sealed class KillChain : IAsyncDisposable
{
    private const decimal Highest = 115m;
    private const decimal Lowest = 90m;
    private const int RememberedLives = 4;
    private static readonly TimeSpan s_longestTrading = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_afterEvent = TimeSpan.FromMilliseconds(30);
    private static readonly TimeSpan s_betweenEntries = TimeSpan.FromMilliseconds(120);
    private static readonly TimeSpan s_betweenPrints = TimeSpan.FromMilliseconds(10);

    private readonly ExchangeProcess _exchange;
    private readonly Account _account;
    private readonly ChainKind _kind;
    private readonly Random _random;
    private readonly decimal[] _prices;
    private readonly bool[] _isFalling;
    private readonly Queue<string> _lives = new();
    private TimeSpan _start = TimeSpan.FromSeconds(1);
    private TimeSpan _stop = TimeSpan.FromMilliseconds(150);

    private KillChain(ExchangeProcess exchange, Account account, ChainKind kind, int seed)
    {
        _exchange = exchange;
        _account = account;
        _kind = kind;
        _random = new Random(seed);
        _prices = [.. account.Products.Select(_ => ExchangeProcess.FirstPrice)];
        _isFalling = new bool[_prices.Length];
    }

    public KillCounts Counts { get; } = new();

    /// <summary>Starts an exchange of its own; the exposure limit has room for one entry a pair.</summary>
    public static async Task<KillChain> OpenAsync(ChainKind kind, int seed)
    {
        ExchangeProcess exchange = new();
        await exchange.InitializeAsync();
        Account account = await Account.OpenAsync(
            exchange, 2, """ "totalCapital": 100000, "maxOrderNotional": 5000, "maxPositionSizePct": 0.12 """, """
            "positionSizePct": 0.08, "trailPct": 0.01, "stopLimitBufferPct": 0.02, "minRatchet": 0.002,
            "maxEntriesPerHour": 12, "maxPriceAgeSeconds": 600, "nakedBudgetSeconds": 30, "nakedExitSeconds": 50,
            "stopFillTimeoutSeconds": 1
            """, """ "orders": true, "thresholdPct": 2, "intervalMinutes": 1, "cooldownIntervals": 0 """);
        await exchange.Admin.VenueFaultsAsync(kind.HasEdits ? string.Empty : """{"kind":"edit_unsupported"}""");
        await exchange.Admin.SettingsAsync(kind.Settings);
        await exchange.Admin.WireFaultsAsync(kind.Wire);
        return new KillChain(exchange, account, kind, seed);
    }

    /// <summary>Kills so often, then brings everything to its end.</summary>
    public async Task RunAsync(int kills)
    {
        try
        {
            await RunToTheEndAsync(kills);
        }
        catch (Exception e)
        {
            throw new InvalidOperationException(
                $"{e.Message}\n{_kind.Name}, after {Counts}\nlives before, the last one last:\n"
                + $"{string.Join('\n', _lives)}\n{await _account.BooksAsync()}", e);
        }
    }

    private async Task RunToTheEndAsync(int kills)
    {
        while (Counts.Kills < kills)
        {
            await LiveAndDieAsync();
            Books books = await _account.BooksAsync();
            Counts.AddUnderWay(UnderWayRows.Of(books.Orders, _kind.HasEdits));
            books.AssertNeverBroken(_account.Products);
            await MoveAsync(_random.Next(0, 4));     // the market does not wait for us
        }

        await SettleAsync();
    }

    public ValueTask DisposeAsync()
    {
        _account.Dispose();
        return _exchange.DisposeAsync();
    }

    private async Task LiveAndDieAsync()
    {
        using TradingProcess llp = _account.StartHeldLlp(_account.Entries(
            s_betweenEntries,
            i => $"{ProductAt(i)},{LimitAt(i)},{_random.Next(7_000, 9_500) / 10_000m},{EntryType}"));
        int phase = _random.Next(100);
        if (phase < 35)
        {
            await WaitAsync(llp, _start * (_random.NextDouble() * 1.1));
            Counts.InStart += await KillAsync(llp) ? 1 : 0;
            return;
        }

        await llp.ReadyAsync();
        _start = (_start + llp.ReadyAfter) / 2;
        Counts.AddDifferences(llp.Differences.Count);
        await ProtectedInTimeAsync(llp);
        await TradeAsync(llp);
        await WaitAsync(llp, s_afterEvent * _random.NextDouble());
        if (phase < 85)
        {
            Counts.InTrading += await KillAsync(llp) ? 1 : 0;
            return;
        }

        llp.Terminate();
        long told = Stopwatch.GetTimestamp();
        await WaitAsync(llp, _stop * _random.NextDouble() * 1.2);
        bool isKilled = await KillAsync(llp);
        Counts.InStop += isKilled ? 1 : 0;
        _stop = isKilled ? _stop * 1.05 : (_stop + Stopwatch.GetElapsedTime(told)) / 2;
    }

    // A second after readiness its clock stands: nothing that falls due later helps, and a slow machine does no harm.
    private async Task ProtectedInTimeAsync(TradingProcess llp)
    {
        long ready = Stopwatch.GetTimestamp();
        await _account.ProtectedAsync(llp);
        Counts.AddProtected(Stopwatch.GetElapsedTime(ready));
        await llp.TellAsync("go");
    }

    private static async Task WaitAsync(TradingProcess llp, TimeSpan moment)
    {
        using CancellationTokenSource ended = new();
        await Task.WhenAny(Task.Delay(moment, ended.Token), llp.EndAsync());
        await ended.CancelAsync();
    }

    private async Task<bool> KillAsync(TradingProcess llp)
    {
        bool isKilled = llp.Kill();
        _lives.Enqueue($"after {llp.Age.Elapsed.TotalSeconds:0.000} s: {await llp.DescribeAsync()}");
        if (_lives.Count > RememberedLives)
        {
            _ = _lives.Dequeue();
        }

        if (isKilled)
        {
            return true;
        }

        int code = await llp.EndAsync();
        Assert.True(
            code == 0, $"it ended by itself: {await llp.DescribeAsync()}");
        return false;
    }

    // Until so much has happened at the venue, or what is aimed at is under way: the kill lies near something, on slow
    // machines too.
    private async Task TradeAsync(TradingProcess llp)
    {
        UnderWay? aim = _kind.Aims[_random.Next(_kind.Aims.Count)];
        int events = _random.Next(0, 8);
        long begun = Stopwatch.GetTimestamp();
        int before = await EventsAsync();
        while (!await IsReachedAsync(aim, before + events) && Stopwatch.GetElapsedTime(begun) < s_longestTrading)
        {
            await MoveAsync(1);
            await WaitAsync(llp, s_betweenPrints);
        }
    }

    private async Task<bool> IsReachedAsync(UnderWay? aim, int events) => aim is { } what
        ? UnderWayRows.Of(_account.OrderRows(), _kind.HasEdits).Contains(what)
        : await EventsAsync() >= events;

    private async Task<int> EventsAsync()
    {
        VenueLedger ledger = await _account.Admin.LedgerAsync();
        return ledger.Orders.Count + ledger.Fills.Count + ledger.Orders.Sum(order => order.Edits)
            + ledger.Orders.Count(order => !order.IsLive);
    }

    // Rises that move stops, and now and then a fall that triggers them; far up, it goes down for a while.
    private async Task MoveAsync(int prints)
    {
        for (int i = 0; i < prints; i++)
        {
            int product = _random.Next(_prices.Length);
            _isFalling[product] = _prices[product] > Highest || (_isFalling[product] && _prices[product] > Lowest);
            decimal rise = _random.Next(-10, 110) / 10_000m;
            bool isFall = _random.Next(_kind.FallOneIn) == 0 && _prices[product] > Lowest;
            decimal step = isFall ? -_kind.Fall : _isFalling[product] ? -rise : rise;
            _prices[product] = decimal.Round(_prices[product] * (1m + step), 2);
            await _account.Admin.PrintAsync(ProductAt(product), _prices[product]);
        }
    }

    private string EntryType => _kind.EntersAtLimit ? "limit" : "market";

    // Through the market when the life begins; a price that has risen meanwhile makes it rest.
    private string LimitAt(int index) => _kind.EntersAtLimit
        ? decimal.Round(_prices[index % _prices.Length] * 1.005m, 2).ToString(CultureInfo.InvariantCulture)
        : string.Empty;

    private string ProductAt(int index) => _account.Products[index % _account.Products.Count].ProductId;

    private async Task SettleAsync()
    {
        await _account.Admin.WireFaultsAsync(string.Empty);
        using (TradingProcess last = _account.StartHeldLlp())
        {
            await last.ReadyAsync();
            await ProtectedInTimeAsync(last);
            await _account.AgreedAsync(last);
            Assert.True(last.Kill(), "it had ended by itself");
        }

        Books books = await _account.FindNothingAndStopAsync();
        Counts.Fills += books.Ledger.Fills.Count;
        Counts.Entries += books.Orders.Count(row => row.Purpose == OrderPurpose.Entry && row.FilledQuantity > 0m);
        Counts.Reductions += books.Orders.Count(row => row.Purpose == OrderPurpose.Reduce);
        Counts.Moves += books.Positions.Sum(row => row.Ratchets);
        Counts.Closed += books.Positions.Count(row => row.ClosedAtNs is not null);
    }
}
