using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Persistence;

namespace LowLatencyPortfolio.Engine.Tests.Recovery;

/// <summary>One database, one venue, and engines on them that are killed and started again.</summary>
internal sealed class Trader : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("llp-recovery-");
    private MultiPairOrchestrator? _engine;

    public Venue Venue { get; } = new();

    public string Path => System.IO.Path.Combine(_folder.FullName, "live.db");

    public Func<PortfolioConfig, PortfolioConfig> Limits { get; set; } = portfolio => portfolio;

    public TradingEngineOptions Options
    {
        get
        {
            TradingEngineOptions options = Market.Options(pairs => new VenueGateway(Venue, pairs));
            return options with
            {
                DatabasePath = Path, ReconcileConfirmAfter = TimeSpan.FromMilliseconds(1),
                Portfolio = Limits(options.Portfolio),
            };
        }
    }

    public MultiPairOrchestrator Engine => _engine!;

    public ReconcileReport Report => Engine.Engine.Reconciliation!;

    public decimal Held => Engine.GetPortfolioStatus().Pair("BTC-USD").Held;

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        _folder.Delete(recursive: true);
    }

    public void Start() => _engine = Market.Started(Options, "BTC-USD");

    /// <summary>Ends the engine where it stands; what it wrote down is committed.</summary>
    public async Task KillAsync()
    {
        Venue.Breaks = true;
        await Until.Done(Engine.Engine.Completion);
        Assert.Equal(EngineState.Faulted, Engine.Engine.State);
        await EndAsync();
        Venue.Breaks = false;
        Venue.IsMute = false;
        Venue.Loses = _ => false;
    }

    /// <summary>Keeps the database as it is now; <see cref="LoseSince"/> brings it back.</summary>
    public async Task RememberAsync(int historyRows)
    {
        await Until.True(() => Read(database => database.History().Count) >= historyRows, "the rows are committed");
        foreach (string end in (string[])[string.Empty, "-wal"])
        {
            File.Copy(Path + end, Path + ".kept" + end, overwrite: true);
        }
    }

    /// <summary>After a kill: what was written since <see cref="RememberAsync"/> never was.</summary>
    public void LoseSince()
    {
        File.Delete(Path + "-shm");
        foreach (string end in (string[])[string.Empty, "-wal"])
        {
            File.Move(Path + ".kept" + end, Path + end, overwrite: true);
        }
    }

    /// <summary>Stops the engine in order.</summary>
    /// <returns>Whether it says that something was left in doubt.</returns>
    public async Task<bool> StopAsync()
    {
        await Until.Done(Engine.StopAsync());
        bool isLeftInDoubt = Engine.Engine.IsLeftInDoubt;
        await EndAsync();
        return isLeftInDoubt;
    }

    public async Task KillAndStartAsync()
    {
        await KillAsync();
        Start();
    }

    /// <summary>
    /// Kills the engine once what it does now has settled; the start after it must find nothing to say.
    /// </summary>
    public async Task FindNothingAgainAsync()
    {
        await KillAndStartAsync();
        Assert.Equal([], Report.Lines);
    }

    public T Read<T>(Func<PortfolioDatabase, T> look)
    {
        using PortfolioDatabase database = PortfolioDatabase.OpenReadOnly(Path);
        return look(database);
    }

    public Task TickAsync(decimal price) => Until.Done(Engine.HandlePriceUpdateAsync("BTC-USD", price));

    /// <summary>Asks for 10 at 100.</summary>
    public async Task<RiskVerdict> AskAsync()
    {
        await TickAsync(100m);
        return (await Until.Done(Engine.SubmitCoordinatedEntriesAsync([Market.Buy("BTC-USD")])))[0].Verdict;
    }

    /// <summary>Asks for 10 at 100 until the reconciler does not keep the gate closed any more.</summary>
    public async Task UntilApprovedAsync()
    {
        RiskVerdict verdict = RiskVerdict.NotReconciled;
        for (int tries = 0; tries < 10_000 && verdict == RiskVerdict.NotReconciled; tries++)
        {
            verdict = await AskAsync();
        }

        Assert.Equal(RiskVerdict.Approved, verdict);
    }

    /// <summary>Sends an entry of 10 at 100 and waits until the venue has it.</summary>
    public async Task<VenueBookOrder> EnterAsync()
    {
        Assert.Equal(RiskVerdict.Approved, await AskAsync());
        return await AtVenueAsync(OrderPurpose.Entry);
    }

    /// <summary>Buys 10 at 100 and waits until the engine knows that its stop rests at 98.</summary>
    public async Task<VenueBookOrder> HoldAsync()
    {
        VenueBookOrder entry = await EnterAsync();
        Venue.Fill(entry, 100m);
        return await ProtectedAsync(98m);
    }

    public async Task<VenueBookOrder> AtVenueAsync(OrderPurpose purpose)
    {
        await Until.True(() => Venue.Newest(purpose) is not null, $"the {purpose} is at the venue");
        return Venue.Newest(purpose)!;
    }

    /// <summary>Waits until a stop for all that is held rests, and the engine and its rows know it.</summary>
    public async Task<VenueBookOrder> ProtectedAsync(decimal trigger, decimal held = 10m)
    {
        await Until.True(
            () => Held == held && Venue.Newest(OrderPurpose.Stop) is { } stop
                && stop.Trigger == trigger && stop.Size - stop.Filled == held,
            $"{held} are protected at {trigger}");
        // Rows follow: those of a moment ago may be settled without the stop.
        await Until.True(
            () => Read(database => database.Orders()).Any(order =>
                order.Purpose == OrderPurpose.Stop && order.State == OrderState.Working && order.Trigger == trigger),
            $"a row says that the stop at {trigger} works");
        await SettledAsync();
        return Venue.Newest(OrderPurpose.Stop)!;
    }

    /// <summary>Waits until no row is in doubt.</summary>
    public Task SettledAsync() => Until.True(
        () => Read(database => database.Orders()).All(order =>
            order.State is OrderState.Working or OrderState.Triggered || OrderTransitions.IsFinal(order.State)),
        "every order is acknowledged or over");

    private async Task EndAsync()
    {
        if (_engine is not null)
        {
            await _engine.DisposeAsync();
            _engine = null;
        }
    }
}
