namespace LowLatencyPortfolio.Exchanges.Coinbase;

/// <summary>How the gateway asks, waits and looks.</summary>
public sealed record CoinbaseGatewayOptions
{
    /// <summary>Where the venue is.</summary>
    public CoinbaseEndpoints Endpoints { get; init; } = new();

    /// <summary>
    /// Clock of the gateway; one that is not a <see cref="SteadyClock"/> gets one put over it. Give the engine
    /// the same.
    /// </summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>
    /// Connections, each with a thread, that send orders; 1 to 8. There is one more, which sends nothing but exits.
    /// </summary>
    public int Connections { get; init; } = 2;

    /// <summary>
    /// Whether the first of those threads spins instead of sleeping while nothing waits: microseconds for a core.
    /// </summary>
    public bool Spins { get; init; }

    /// <summary>Requests a second in the long run; the venue allows 30, and 10,000 an hour.</summary>
    public double RequestsPerSecond { get; init; } = 8;

    /// <summary>
    /// Requests that the venue answers in a second: a liquidation may use them all, and the others pay for it later; 0
    /// keeps exits within <see cref="Burst"/>.
    /// </summary>
    public int VenueRequestsPerSecond { get; init; } = 30;

    /// <summary>Least time between two moves of one pair's stop; in between, only its newest level is kept.</summary>
    public TimeSpan MoveInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// How long a move of a stop may wait for its turn, above 0, a day at most: one that has waited as long is not sent
    /// but decided anew, so that no level leaves that is older.
    /// </summary>
    public TimeSpan MoveWait { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Requests at once after a rest.</summary>
    public int Burst { get; init; } = 20;

    /// <summary>Of these, kept for exits; stops and cancels may use half of them.</summary>
    public int Reserve { get; init; } = 8;

    /// <summary>How long a connection may take to be made.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>How long an answer may take; after that the request's outcome is unknown.</summary>
    public TimeSpan AnswerTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long an idle connection is left alone before it is kept warm.</summary>
    public TimeSpan KeepWarmAfter { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Time between two looks at the open orders.</summary>
    public TimeSpan OpenOrdersEvery { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Time between two looks at fills and balances.</summary>
    public TimeSpan FillsEvery { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// How long a start after a crash looks again, 20 times in all, while the venue shows more fills of an order of
    /// ours than the order says it has traded; at least 0. Its lists are not written at one moment.
    /// </summary>
    public TimeSpan ListsAgreeWithin { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Two looks that do not find an order prove its absence when they are at least this far apart.</summary>
    public TimeSpan AbsenceProof { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Length of the candles in which <see cref="Domain.PairConfig.MaxEntryWaitCandles"/> counts how long an entry may
    /// wait for its fill.
    /// </summary>
    public TimeSpan Candle { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long a sell that the venue refuses for lack of funds is tried again while a hold is being
    /// released.</summary>
    public TimeSpan HoldRelease { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long an edit may take to be seen before it counts as not carried out.</summary>
    public TimeSpan EditProof { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Silence of the user channel after which it counts as dead; its heartbeat beats once a second.</summary>
    public TimeSpan UserSilence { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Orders that may be known at once.</summary>
    public int OrderCapacity { get; init; } = 4096;
}
