using System.Diagnostics;
using System.Globalization;
using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Crash.Tests.Kills;

/// <summary>
/// <c>llp</c> on one database, killed again and again; each start is the recovery from the kill before, and the last
/// one must leave nothing open.
/// </summary>
/// <remarks>
/// A seed repeats what is bought and how (limit or market), what the venue does (whether stops can be edited, how soon
/// it cancels), how prices move and which moments are aimed at; where a process then stands is up to
/// the machine.
/// </remarks>
internal sealed class KillChain : IAsyncDisposable
{
    private const decimal Highest = 115m;
    private const decimal Lowest = 90m;
    private const int RememberedLives = 4;
    private static readonly TimeSpan s_longestTrading = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan s_afterEvent = TimeSpan.FromMilliseconds(30);

    private static readonly TimeSpan s_betweenEntries = TimeSpan.FromMilliseconds(120);

    private readonly ExchangeProcess _exchange;
    private readonly Account _account;
    private readonly Random _random;
    private readonly decimal[] _prices;
    private readonly bool[] _isFalling;
    private readonly bool _entersAtLimit;
    private readonly bool _hasEdits;
    private readonly bool _cancelsSlowly;
    private readonly Queue<string> _lives = new();
    private TimeSpan _start = TimeSpan.FromSeconds(1);
    private TimeSpan _stop = TimeSpan.FromMilliseconds(150);

    private KillChain(ExchangeProcess exchange, Account account, int seed)
    {
        _exchange = exchange;
        _account = account;
        _random = new Random(seed);
        _prices = [.. account.Products.Select(_ => ExchangeProcess.FirstPrice)];
        _isFalling = new bool[_prices.Length];
        int venue = new Random(~seed).Next(8);      // its own, so that a seed goes on drawing the same prices
        (_entersAtLimit, _hasEdits, _cancelsSlowly) = ((venue & 1) != 0, (venue & 2) != 0, (venue & 4) != 0);
    }

    public KillCounts Counts { get; } = new();

    /// <summary>Starts an exchange of its own; the exposure limit has room for one entry a pair.</summary>
    public static async Task<KillChain> OpenAsync(int seed)
    {
        ExchangeProcess exchange = new();
        await exchange.InitializeAsync();
        Account account = await Account.OpenAsync(
            exchange, 2, """ "totalCapital": 100000, "maxOrderNotional": 5000, "maxPositionSizePct": 0.12 """, """
            "positionSizePct": 0.08, "trailPct": 0.01, "stopLimitBufferPct": 0.02, "minRatchet": 0.002,
            "maxEntriesPerHour": 12, "maxPriceAgeSeconds": 600, "nakedBudgetSeconds": 30, "nakedExitSeconds": 50
            """, """ "orders": true, "thresholdPct": 2, "intervalMinutes": 1, "cooldownIntervals": 0 """);
        KillChain chain = new(exchange, account, seed);
        await exchange.Admin.VenueFaultsAsync(chain._hasEdits ? string.Empty : """{"kind":"edit_unsupported"}""");
        await exchange.Admin.SettingsAsync(chain._cancelsSlowly ? "\"cancel_ms\":150" : "\"cancel_ms\":0");
        return chain;
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
                $"{e.Message}\nafter {Counts}; {Kind} entries, edits {_hasEdits}, slow cancels {_cancelsSlowly}\nlives before, the last one last:\n{string.Join('\n', _lives)}\n"
                + $"{await _account.BooksAsync()}", e);
        }
    }

    private async Task RunToTheEndAsync(int kills)
    {
        while (Counts.Kills < kills)
        {
            await LiveAndDieAsync();
            (await _account.BooksAsync()).AssertNeverBroken(_account.Products);
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
        using TradingProcess llp = _account.StartLlp(_account.Entries(
            s_betweenEntries,
            i => $"{ProductAt(i)},{LimitAt(i)},{_random.Next(7_000, 9_500) / 10_000m},{Kind}"));
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
        long ready = Stopwatch.GetTimestamp();
        await _account.ProtectedAsync(llp);
        Counts.AddProtected(Stopwatch.GetElapsedTime(ready));
        await TradeAsync(_random.Next(0, 8));
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

    // Until so much has happened at the venue, so that the kill lies near something on slow machines too.
    private async Task TradeAsync(int events)
    {
        long begun = Stopwatch.GetTimestamp();
        int before = await EventsAsync();
        while (await EventsAsync() < before + events && Stopwatch.GetElapsedTime(begun) < s_longestTrading)
        {
            await MoveAsync(1);
        }
    }

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
            decimal step = _random.Next(16) == 0 ? -0.018m : _isFalling[product] ? -rise : rise;
            _prices[product] = decimal.Round(_prices[product] * (1m + step), 2);
            await _account.Admin.PrintAsync(ProductAt(product), _prices[product]);
        }
    }

    private string Kind => _entersAtLimit ? "limit" : "market";

    // Through the market when the life begins; a price that has risen meanwhile makes it rest.
    private string LimitAt(int index) => _entersAtLimit
        ? decimal.Round(_prices[index % _prices.Length] * 1.005m, 2).ToString(CultureInfo.InvariantCulture)
        : string.Empty;

    private string ProductAt(int index) => _account.Products[index % _account.Products.Count].ProductId;

    private async Task SettleAsync()
    {
        using (TradingProcess last = _account.StartLlp())
        {
            await last.ReadyAsync();
            await _account.AgreedAsync(last);
            Assert.True(last.Kill(), "it had ended by itself");
        }

        Books books = await _account.FindNothingAndStopAsync();
        Counts.Fills += books.Ledger.Fills.Count;
        Counts.Entries += books.Orders.Count(row => row.Purpose == OrderPurpose.Entry && row.FilledQuantity > 0m);
        Counts.Reductions += books.Orders.Count(row => row.Purpose == OrderPurpose.Reduce);
        Counts.Rebalances += books.History.Count(row => row.Action == HistoryAction.RebalanceStarted);
        Counts.Moves += books.Positions.Sum(row => row.Ratchets);
        Counts.Replaced += _hasEdits ? 0 : books.Positions.Sum(row => row.Ratchets);
        Counts.AtLimit += _entersAtLimit ? books.Ledger.Orders.Count(order => !order.IsSell) : 0;
        Counts.Closed += books.Positions.Count(row => row.ClosedAtNs is not null);
    }
}
