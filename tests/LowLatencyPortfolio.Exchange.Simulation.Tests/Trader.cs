using System.Globalization;
using System.Text;
using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Engine;
using LowLatencyPortfolio.Exchanges;
using LowLatencyPortfolio.Exchanges.Coinbase;
using LowLatencyPortfolio.Exchanges.Coinbase.Feed;
using LowLatencyPortfolio.Exchanges.Paper;
using LowLatencyPortfolio.Persistence;
using LowLatencyPortfolio.Pipeline;
using LowLatencyPortfolio.Signals;
using Microsoft.Data.Sqlite;

namespace LowLatencyPortfolio.Exchange.Simulation.Tests;

/// <summary>The engine with its Coinbase gateway, feed and database, trading at an exchange process.</summary>
internal sealed class Trader : IMarketSink, IAsyncDisposable
{
    private readonly string _folder;
    private readonly bool _isGuest;
    private readonly CoinbaseCredentials _credentials;
    private readonly MultiPairOrchestrator _orchestrator;
    private readonly TradingEngineOptions _options;
    private readonly ExchangeProcess _exchange;
    private CoinbaseGateway? _gateway;
    private CoinbaseFeed? _feed;

    private Trader(ExchangeProcess exchange, TraderSetup setup, ProductSpec[] products)
    {
        _exchange = exchange;
        _isGuest = setup.Folder is not null;
        _folder = setup.Folder ?? Directory.CreateTempSubdirectory("llp-trader-").FullName;
        Products = products;
        _credentials = CredentialSource.Load(exchange.KeyFile, _ => null);
        _options = new TradingEngineOptions
        {
            Portfolio = new PortfolioConfig
            {
                TotalCapital = 100_000m,
                MaxPositionSizePct = 20m,
                MaxOrderNotional = 20_000m,
            },
            Paper = new PaperConfig { MakerFee = ExchangeProcess.MakerFee, TakerFee = ExchangeProcess.TakerFee },
            Gateway = pairs => _gateway = new CoinbaseGateway(
                pairs, _credentials, setup.Gateway(GatewayOptions with { Time = setup.Time })),
            Time = setup.Time,
            DatabasePath = DatabasePath,
            MaxPriceAgeSeconds = 600,
            Rebalance = setup.Rebalance,
        };
        _orchestrator = new MultiPairOrchestrator(_options);
        foreach (ProductSpec product in products)
        {
            _orchestrator.RegisterPair(setup.Pair(PairOf(product)), product);
        }
    }

    public IReadOnlyList<ProductSpec> Products { get; }

    /// <summary>The only product, or the first.</summary>
    public string Product => Products[0].ProductId;

    /// <summary>Where its database is.</summary>
    public string Folder => _folder;

    public string DatabasePath => Path.Combine(_folder, "llp.db");

    public TradingEngine Engine => _orchestrator.Engine;

    public ExchangeAdmin Admin => _exchange.Admin;

    public CoinbaseGateway Gateway => _gateway!;

    public CoinbaseFeed Feed => _feed!;

    public PortfolioStatus Status => _orchestrator.GetPortfolioStatus();

    public PairStatus Pair => Status.Pair(Product);

    /// <summary>What the engine's own looks at rebalances came to.</summary>
    public RebalanceReadings Rebalancing => _orchestrator.Rebalancing!;

    private CoinbaseGatewayOptions GatewayOptions => new()
    {
        Endpoints = _exchange.Endpoints,
        RequestsPerSecond = 25,
        Burst = 40,
        Reserve = 10,
        AnswerTimeout = TimeSpan.FromSeconds(3),
        OpenOrdersEvery = TimeSpan.FromSeconds(1),
        FillsEvery = TimeSpan.FromSeconds(3),
        AbsenceProof = TimeSpan.FromSeconds(1),
    };

    /// <summary>Starts an engine on a product nobody has touched, and waits until it may trade.</summary>
    public static Task<Trader> StartAsync(ExchangeProcess exchange, TraderSetup? setup = null) =>
        StartAsync(exchange, setup, exchange.TakeProduct());

    public static async Task<Trader> StartAsync(
        ExchangeProcess exchange, TraderSetup? setup, params ProductSpec[] products)
    {
        await exchange.Admin.HealAsync();
        setup ??= new TraderSetup();
        await exchange.Admin.WireFaultsAsync(setup.WireFaults);
        await exchange.Admin.VenueFaultsAsync(setup.VenueFaults);
        await exchange.Admin.SettingsAsync(setup.VenueSettings);
        Trader trader = new(exchange, setup, products);
        trader._orchestrator.Start();
        trader._feed = new CoinbaseFeed(
            new CoinbaseFeedOptions
            {
                Source = setup.Source,
                Endpoint = exchange.Endpoints.PricesOf(setup.Source),
                HeartbeatTimeout = setup.FeedSilence,
                Time = setup.Time,
            },
            trader.Engine.Pairs, trader);
        trader._feed.ProductChanged += _ => trader.Gateway.LookAgain();
        trader._feed.Start();
        await trader.UntilAsync(
            () => trader.IsReady && trader.Status.Pairs.All(pair => pair.LastPrice is not null),
            "the feed is good and the account is known");
        return trader;
    }

    /// <summary>Whether the feed is good and the account has been looked through.</summary>
    public bool IsReady =>
        Gateway.Counters.Reconciliations > 0 && Engine.Pairs.All(pair => !Feed.IsBad(pair.Index));

    /// <summary>Buys as soon as the risk gate lets it, by default at a limit that fills at once.</summary>
    /// <returns>Our id of the order.</returns>
    public async Task<string> BuyAsync(decimal quantity, decimal limit = 101m, string? product = null)
    {
        EntryResult? result = null;
        await UntilAsync(
            async () =>
            {
                result = await EnterAsync(quantity, limit, product);
                return result.Verdict is not (RiskVerdict.NotReconciled or RiskVerdict.PriceMissing
                    or RiskVerdict.PriceStale or RiskVerdict.JournalLag or RiskVerdict.PairHasUnknownOrder);
            },
            $"the gate opens for an entry (verdict {result?.Verdict})");
        Assert.Equal(RiskVerdict.Approved, result!.Verdict);
        return result.OrderId!;
    }

    /// <summary>Asks for an entry once.</summary>
    public async Task<EntryResult> EnterAsync(decimal quantity, decimal limit = 101m, string? product = null)
    {
        EntrySignal signal = new()
        {
            ProductId = product ?? Product,
            ShouldEnter = true,
            Confidence = 1m,
            LimitPrice = limit,
            Quantity = quantity,
        };
        return (await _orchestrator.SubmitCoordinatedEntriesAsync([signal]))[0];
    }

    /// <summary>Buys at the market and waits until the position is covered by a stop at the venue.</summary>
    public async Task HoldAsync(decimal quantity)
    {
        await BuyAsync(quantity);
        await CoveredAsync(quantity);
    }

    /// <summary>Waits until so much is held and the engine's stop rests at the venue for all of it.</summary>
    public Task CoveredAsync(decimal quantity, decimal? trigger = null) => UntilAsync(
        async () => Pair.Held == quantity && Pair.StopTrigger is { } told
            && (trigger is null || told == trigger)
            && (await LiveStopsAsync()) is { Count: > 0 } stops
            && stops.Sum(stop => stop.Size - stop.Filled) == quantity && stops.Max(stop => stop.StopPrice) == told,
        $"{quantity} held and covered by a stop{(trigger is null ? string.Empty : $" at {trigger}")}");

    /// <summary>Waits until nothing is held.</summary>
    public Task FlatAsync() => UntilAsync(
        async () => Status.Pairs.All(pair => pair.Held == 0m && !pair.IsExiting)
            && (await Admin.LedgerAsync()).Orders.All(order => !order.IsLive || !order.IsOf(Engine.EngineId)),
        "flat, and no order lives");

    public Task<LiquidationResult> LiquidateAsync() => _orchestrator.EmergencyLiquidatePairAsync(Product);

    public Task<LiquidationResult> LiquidateAllAsync() => _orchestrator.EmergencyLiquidatePortfolioAsync();

    /// <summary>Brings the position to its size as soon as the engine lets it.</summary>
    /// <returns>What was recommended and taken on.</returns>
    public async Task<RebalanceAction> RebalanceAsync()
    {
        RebalanceResult? result = null;
        await UntilAsync(
            async () =>
            {
                result = (await _orchestrator.RebalanceAsync(execute: true)).SingleOrDefault();
                return result is { Verdict: RiskVerdict.Approved };
            },
            "the rebalance is taken on");
        return result!.Value.Action;
    }

    /// <summary>What would be rebalanced.</summary>
    public Task<IReadOnlyList<RebalanceResult>> RecommendAsync() => _orchestrator.RebalanceAsync();

    public Task PrintAsync(decimal price, decimal size = 1m) => Admin.PrintAsync(Product, price, size);

    /// <summary>Our orders of the product at the venue, oldest first.</summary>
    public async Task<IReadOnlyList<LedgerOrder>> OrdersAsync() =>
        (await Admin.LedgerAsync()).OrdersOf(Engine.EngineId, Product);

    public async Task<IReadOnlyList<LedgerOrder>> LiveStopsAsync() =>
        [.. (await OrdersAsync()).Where(order => order is { IsLive: true, IsStop: true })];

    public Task UntilAsync(Func<bool> isSo, string what) => UntilAsync(() => Task.FromResult(isSo()), what);

    public Task UntilAsync(Func<Task<bool>> isSo, string what) => Until.TrueAsync(
        () =>
        {
            Assert.True(Engine.Fault is null, $"the engine ended: {Engine.Fault}");
            return isSo();
        },
        what, DescribeAsync);

    public Task StopAsync()
    {
        _feed?.Stop();
        return _orchestrator.StopAsync();
    }

    /// <summary>
    /// Stops, and takes the state away that was stored then: rows and venue are all the next start has, as after a
    /// crash.
    /// </summary>
    public async Task BreakOffAsync()
    {
        await StopAsync();
        await using SqliteConnection connection = new($"Data Source={DatabasePath};Pooling=False");
        await connection.OpenAsync();
        await using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "DELETE FROM checkpoint";
        Assert.Equal(1, await command.ExecuteNonQueryAsync());
    }

    /// <summary>Compares rows and venue once the engine has stopped.</summary>
    public Task<ReconcileReport> CompareAsync() => SessionReconciliation.ReportAsync(
        _options, Engine.Pairs.Select(pair => (pair.Product, pair.Config)));

    /// <summary>Everything that tells why something did not happen.</summary>
    public async Task<string> DescribeAsync()
    {
        StringBuilder text = new();
        text.AppendLine(CultureInfo.InvariantCulture, $"{string.Join('\n', Status.Pairs)}");
        text.AppendLine(CultureInfo.InvariantCulture, $"{Gateway.Counters}");
        text.AppendLine(CultureInfo.InvariantCulture, $"{Engine.Counters}");
        text.AppendLine(CultureInfo.InvariantCulture, $"feed bad: {Feed.IsBad(0)}, {Feed.Readings.LastError}");
        VenueLedger ledger = await Admin.LedgerAsync();
        IEnumerable<LedgerOrder> orders = ledger.Orders.Where(o => Products.Any(p => p.ProductId == o.Product));
        text.AppendJoin('\n', orders).AppendLine();
        using PortfolioDatabase database = PortfolioDatabase.OpenReadOnly(DatabasePath);
        text.AppendJoin('\n', database.Orders()).AppendLine();
        text.AppendJoin('\n', database.History()).AppendLine();
        return text.ToString();
    }

    void IMarketSink.OnTick(in MarketTick tick) => _ = Engine.PublishTick(in tick);

    void IMarketSink.OnFeedState(int product, HealthFlag flag, bool isBad) =>
        Engine.PublishFeedState(product, flag, isBad);

    public async ValueTask DisposeAsync()
    {
        _feed?.Dispose();
        await _orchestrator.DisposeAsync();
        _credentials.Dispose();
        if (!_isGuest)
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    private static PairConfig PairOf(ProductSpec product) => new()
    {
        ProductId = product.ProductId,
        TrailPct = 0.05m,
        StopLimitBufferPct = 0.02m,
        MinRatchet = 0.01m,
        MaxEntriesPerHour = 20,
        NakedBudgetSeconds = 30,
        NakedExitSeconds = 50,
    };
}
