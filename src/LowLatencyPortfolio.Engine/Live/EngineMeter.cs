using System.Diagnostics.Metrics;
using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Exchanges;
using LowLatencyPortfolio.Exchanges.Coinbase;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Engine;

/// <summary>
/// One engine's figures for whoever collects metrics: the meter <c>LowLatencyPortfolio</c>, each measurement tagged
/// with the engine's id.
/// </summary>
/// <remarks>
/// Thread: a collector's; it reads what the stages show anyway, so that collecting costs them nothing. Nobody who
/// collects costs nothing at all. Allocation: a collection's own. Names and units stand in the project's README.
/// </remarks>
internal sealed class EngineMeter : IDisposable
{
    public const string Name = "LowLatencyPortfolio";

    private const double NsPerSecond = EventTime.Second;
    private static readonly RiskVerdict[] Refusals =
        [.. Enum.GetValues<RiskVerdict>().Where(verdict => verdict > RiskVerdict.Queued)];

    private readonly Meter _meter = new(Name);
    private readonly TradingPipeline _pipeline;
    private readonly ISessionJournal _journal;
    private readonly KeyValuePair<string, object?> _engine;
    private readonly Lock _reading = new();
    private readonly PortfolioSnapshot _snapshot;

    private EngineMeter(
        TradingPipeline pipeline, EngineLoop loop, ISessionJournal journal, IOrderGateway gateway, string engineId)
    {
        (_pipeline, _journal) = (pipeline, journal);
        _engine = new KeyValuePair<string, object?>("engine", engineId);
        _snapshot = pipeline.Board.NewSnapshot();
        AddMoney(pipeline.Pairs[0].Product.QuoteCurrency);
        AddVitals();
        AddCounts();
        Count("llp.ticks.conflated", "{tick}", "Ticks merged because the ring was full", () => loop.Conflated);
        if (gateway is CoinbaseGateway venue)
        {
            AddVenue(venue);
        }
    }

    /// <summary>Publishes the figures of an engine until it is disposed of.</summary>
    public static EngineMeter Of(
        TradingPipeline pipeline, EngineLoop loop, ISessionJournal journal, IOrderGateway gateway, string engineId) =>
        new(pipeline, loop, journal, gateway, engineId);

    public void Dispose() => _meter.Dispose();

    private void AddMoney(string currency)
    {
        Gauge("llp.equity", currency, "Capital and all profit and loss", () => (double)Figures().Equity);
        Gauge("llp.deployed", currency, "Cost of what is held", () => (double)Figures().Deployed);
        Gauge("llp.reserved", currency, "What buys on their way may need", () => (double)Figures().Reserved);
        Gauge("llp.available", currency, "What may still be spent", () => (double)Figures().Available);
        Gauge("llp.realized", currency, "Realized, fees included", () => (double)Figures().Realized);
        Gauge("llp.unrealized", currency, "Unrealized at the newest prices", () => (double)Figures().Unrealized);
        Gauge("llp.fees", currency, "Fees paid", () => (double)Figures().Fees);
        Gauge("llp.drawdown.max", "%", "Largest fall of equity", () => (double)Figures().Bases.MaxDrawdownPct);
        Gauge("llp.positions", "{position}", "Positions", () => Figures().ActivePositions);
        Gauge("llp.mode", "1", "0 trading, 1 reduce only, 2 halted", () => (double)Figures().Mode);
    }

    private void AddVitals()
    {
        Gauge("llp.orders.open", "{order}", "Orders that are not finished", () => _pipeline.ReadVitals().OpenOrders);
        Gauge("llp.feed.age", "s", "Age of the newest price", () => AgeOf(_pipeline.ReadVitals().NewestPriceAtNs));
        Gauge(
            "llp.feed.age.held", "s", "Age of the oldest price of a pair that is held",
            () => AgeOf(_pipeline.ReadVitals().OldestHeldPriceAtNs));
        Gauge("llp.feed.pairs_down", "{pair}", "Pairs without a price", () => _pipeline.ReadVitals().PairsDown);
        Gauge(
            "llp.user_channel.up", "1", "1 while messages about our orders come",
            () => _pipeline.ReadVitals().IsUserChannelUp ? 1 : 0);
        Gauge(
            "llp.reconciled", "1", "1 when the venue was asked about everything",
            () => _pipeline.ReadVitals().IsReconciled ? 1 : 0);
        Gauge(
            "llp.naked", "s", "How long the position that is without a stop longest has been",
            () => AgeOf(_pipeline.ReadVitals().NakedSinceNs));
        Gauge("llp.journal.lag", "s", "Age of the oldest uncommitted change", () => _journal.Lag.TotalSeconds);
        Gauge("llp.journal.health", "1", "0 well; more is worse", () => (double)_journal.Health);
    }

    private void AddCounts()
    {
        Count("llp.ticks", "{tick}", "Ticks that entered the ring", () => Counters().Ticks);
        Count("llp.ticks.rejected", "{tick}", "Ticks repeated or absurd", () => Counters().TicksRejected);
        Count("llp.orders", "{order}", "Orders sent", () => Counters().Orders);
        Count("llp.orders.rejected", "{order}", "Orders that the venue refused", () => Counters().VenueRejections);
        Count("llp.fills", "{fill}", "Fills", () => Counters().Fills);
        Count("llp.stops.placed", "{stop}", "Stops placed", () => Counters().StopsPlaced);
        Count("llp.stops.replaced", "{stop}", "Stops moved", () => Counters().StopsReplaced);
        Count("llp.exits", "{position}", "Positions closed", () => Counters().Exits);
        Count("llp.naked.alarms", "{alarm}", "Positions without a stop for too long", () => Counters().NakedAlarms);
        Count(
            "llp.contradictions", "{report}", "Reports that contradict what is known",
            () => Counters().Contradictions);
        _ = _meter.CreateObservableCounter(
            "llp.orders.refused", Refused, "{order}", "Orders that the risk gate refused, by limit");
    }

    private void AddVenue(CoinbaseGateway venue)
    {
        Gauge(
            "llp.venue.requests.left", "{request}", "Requests that could leave at once",
            () => venue.Counters.RequestsLeft);
        _ = _meter.CreateObservableGauge(
            "llp.venue.requests.left_in_hour", () => LeftInHour(venue), "{request}",
            "Of the hour's requests, those that could leave at once");
        Count("llp.venue.requests", "{request}", "Requests about orders", () => venue.Counters.Requests);
        Count("llp.venue.requests.lost", "{request}", "Requests without an answer", () => venue.Counters.Lost);
        Count("llp.venue.rate_limited", "{answer}", "Times asked too often", () => venue.Counters.RateLimited);
        Count("llp.venue.questions.failed", "{question}", "Questions that failed", () => venue.Counters.FailedQueries);
        Count("llp.venue.looks", "{look}", "Looks at everything", () => venue.Counters.Reconciliations);
        Count("llp.user_channel.connects", "{connection}", "Connections made", () => venue.Counters.UserConnects);
    }

    private IEnumerable<Measurement<long>> Refused() =>
        from verdict in Refusals
        let count = _pipeline.RefusedFor(verdict)
        where count > 0
        select new Measurement<long>(
            count, _engine,
            new KeyValuePair<string, object?>("limit", Persistence.StoredNames.Of(verdict)));

    // Where there is no such limit there is nothing to measure.
    private IEnumerable<Measurement<double>> LeftInHour(CoinbaseGateway venue) =>
        venue.Counters.RequestsLeftInHour is { } left ? [new Measurement<double>(left, _engine)] : [];

    private PipelineCounters Counters() => _pipeline.Counters;

    private PortfolioFigures Figures()
    {
        lock (_reading)
        {
            _pipeline.Board.Read(_snapshot);
            return _snapshot.Portfolio;
        }
    }

    // The stages' own time, at most a tenth of a second old: a clock that is set does not make prices older.
    private double AgeOf(long atNs) =>
        atNs == 0 ? 0 : Math.Max(0, (Figures().AtNs - atNs) / NsPerSecond);

    private void Gauge(string name, string unit, string what, Func<double> read) =>
        _ = _meter.CreateObservableGauge(name, () => new Measurement<double>(read(), _engine), unit, what);

    private void Count(string name, string unit, string what, Func<long> read) =>
        _ = _meter.CreateObservableCounter(name, () => new Measurement<long>(read(), _engine), unit, what);
}
