using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Engine;
using LowLatencyPortfolio.Exchanges.Coinbase;
using LowLatencyPortfolio.Exchanges.Coinbase.Feed;

namespace LowLatencyPortfolio.Exchange.Simulation.Tests;

/// <summary>How a test's engine differs from the usual one.</summary>
internal sealed record TraderSetup
{
    /// <summary>Changes how a pair is traded.</summary>
    public Func<PairConfig, PairConfig> Pair { get; init; } = pair => pair;

    /// <summary>Changes how the gateway asks and waits.</summary>
    public Func<CoinbaseGatewayOptions, CoinbaseGatewayOptions> Gateway { get; init; } = options => options;

    /// <summary>When the engine rebalances by itself; null for never.</summary>
    public RebalanceOptions? Rebalance { get; init; }

    /// <summary>Clock of engine, gateway and feed.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Folder of an engine that has stopped, to continue its database; null begins a new one.</summary>
    public string? Folder { get; init; }

    /// <summary>What goes wrong on the wire from before the start on.</summary>
    public string WireFaults { get; init; } = string.Empty;

    /// <summary>What goes wrong at the venue itself from before the start on.</summary>
    public string VenueFaults { get; init; } = string.Empty;

    /// <summary>Settings of the venue from before the start on, as fields of JSON; empty for the usual ones.</summary>
    public string VenueSettings { get; init; } = string.Empty;

    /// <summary>Which of the venue's feeds prices come from.</summary>
    public CoinbaseFeedSource Source { get; init; }

    /// <summary>Time without a heartbeat after which the feed connects anew.</summary>
    public TimeSpan FeedSilence { get; init; } = TimeSpan.FromSeconds(10);
}
