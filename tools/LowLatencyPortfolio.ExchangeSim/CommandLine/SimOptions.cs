using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.ExchangeSim.Faults;
using LowLatencyPortfolio.ExchangeSim.Play;
using LowLatencyPortfolio.ExchangeSim.Wire;
using LowLatencyPortfolio.ExchangeSim.Wire.Auth;

namespace LowLatencyPortfolio.ExchangeSim.CommandLine;

/// <summary>What the server is to be, after every argument was found good.</summary>
internal sealed record SimOptions
{
    /// <summary>Files and folders of ticks or bars; at least one.</summary>
    public required IReadOnlyList<string> Ticks { get; init; }

    /// <summary>How fast time goes.</summary>
    public PlaySpeed Speed { get; init; } = PlaySpeed.Max;

    /// <summary>Trades begin when somebody follows the market, not when the server is up.</summary>
    public bool WaitsForSubscriber { get; init; } = true;

    /// <summary>The first trade happens now instead of when it did.</summary>
    public bool Rebase { get; init; }

    /// <summary>Of HTTP and WebSocket, on the loopback; 0 for any.</summary>
    public int Port { get; init; }

    /// <summary>Of the raw mode; null for none, 0 for any.</summary>
    public int? RawPort { get; init; }

    /// <summary>The raw mode spins instead of sleeping.</summary>
    public bool RawPoll { get; init; }

    /// <summary>Balances, latencies and fees.</summary>
    public VenueSettings Venue { get; init; } = new();

    /// <summary>Grids and minimum sizes of products; others are taken from the data.</summary>
    public IReadOnlyList<ProductSpec> Products { get; init; } = [];

    /// <summary>Times and sizes of the WebSocket endpoints.</summary>
    public WireSettings Wire { get; init; } = new();

    /// <summary>Requests a second by name; empty for the venue's own.</summary>
    public IReadOnlyDictionary<string, int> Limits { get; init; } = new Dictionary<string, int>();

    /// <summary>What is to go wrong from the start.</summary>
    public FaultPlan Faults { get; init; } = FaultPlan.Empty;

    /// <summary>Where the key is, or is to be written; null for a key nobody knows.</summary>
    public string? KeyFile { get; init; }

    /// <summary>What a key that is made signs with.</summary>
    public KeyKind KeyKind { get; init; }

    /// <summary>A certificate with its key: HTTPS and WSS instead of HTTP and WS; null for none.</summary>
    public string? Certificate { get; init; }
}
