using LowLatencyPortfolio.Exchanges;
using LowLatencyPortfolio.Persistence;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Engine.Tests;

/// <summary>A start that is refused leaves nothing open.</summary>
public sealed class RefusedStartTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("llp-start-").FullName;

    [Fact]
    public void A_venue_is_closed_again_when_the_database_is_refused()
    {
        string foreign = Path.Combine(_folder, "foreign.db");
        File.WriteAllText(foreign, "this is no database, and it is left alone by whoever finds it here");
        DisposableGateway? venue = null;
        using TradingEngine engine = new(
            Market.Options(pairs => venue = new DisposableGateway(pairs)) with { DatabasePath = foreign },
            Market.Pairs("BTC-USD"));
        Assert.Throws<JournalException>(engine.Start);
        Assert.Equal(1, venue!.Disposed);
        Assert.Equal(EngineState.Stopped, engine.State);
        Assert.StartsWith("this is no database", File.ReadAllText(foreign), StringComparison.Ordinal);
    }

    [Fact]
    public void Database_and_venue_are_closed_again_when_the_recording_is_refused_though_the_venue_fails_at_that()
    {
        string recording = Path.Combine(_folder, "foreign.rec");
        File.WriteAllText(recording, "somebody's text");
        string database = Path.Combine(_folder, "portfolio.db");
        DisposableGateway? venue = null;
        TradingEngineOptions options = Market.Options() with { DatabasePath = database };
        using TradingEngine refused = new(
            Market.Options(pairs => venue = new DisposableGateway(pairs) { FailsAtDispose = true }) with
            {
                DatabasePath = database, RecordPath = recording,
            },
            Market.Pairs("BTC-USD"));
        IOException refusal = Assert.Throws<IOException>(refused.Start);
        Assert.Contains("is not a recording", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(1, venue!.Disposed);
        using TradingEngine next = new(options, Market.Pairs("BTC-USD"));
        next.Start();       // the database is free
        Assert.Equal(EngineState.Running, next.State);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private sealed class DisposableGateway(IReadOnlyList<PairSetup> pairs) : IOrderGateway, IDisposable
    {
        private readonly IOrderGateway _venue = Market.Paper(pairs);

        public int Disposed { get; private set; }

        public bool FailsAtDispose { get; init; }

        public Action? Wake
        {
            get => _venue.Wake;
            set => _venue.Wake = value;
        }

        public long NextDueNs => _venue.NextDueNs;

        public ReadOnlySpan<TradingEvent> Reports => _venue.Reports;

        public void Identify(string engineId, long epoch) => _venue.Identify(engineId, epoch);

        public void Submit(in OrderCommand command) => _venue.Submit(in command);

        public bool Poll(long nowNs) => _venue.Poll(nowNs);

        public void OnTick(in MarketTick tick) => _venue.OnTick(in tick);

        public void ClearReports() => _venue.ClearReports();

        public void Save(CheckpointWriter writer) => _venue.Save(writer);

        public void Restore(CheckpointReader reader) => _venue.Restore(reader);

        public void Dispose()
        {
            Disposed++;
            if (FailsAtDispose)
            {
                throw new IOException("the connection was gone already");
            }
        }
    }
}
