namespace LowLatencyPortfolio.Crash.Tests.Kills;

/// <summary>What a chain of kills is made to meet: how it enters, what the venue does, how prices move.</summary>
/// <param name="Name">For a failure.</param>
/// <param name="HasEdits">Whether the venue edits stops.</param>
/// <param name="Settings">The venue's latencies, ms.</param>
/// <param name="Wire">Requests that are late, or answered late, so that kills lie inside them.</param>
/// <param name="Aims">What a life waits for before it is killed, drawn from; null for any few events.</param>
internal sealed record ChainKind(
    string Name, bool HasEdits, string Settings, string Wire, IReadOnlyList<UnderWay?> Aims)
{
    private const string LateAnswers =
        """{"on":"create","fault":"delay","variant":"answer","milliseconds":60}""";

    private const string LateEdits =
        """{"on":"edit","fault":"delay","variant":"answer","milliseconds":60}""";

    private const string LateRequests =
        """{"on":"create","fault":"delay","variant":"request","milliseconds":40}""";

    /// <summary>The kinds of <c>llp</c>'s chains, in turn.</summary>
    public static IReadOnlyList<ChainKind> All { get; } =
    [
        new(
            "edits", true, "\"cancel_ms\":0", $"{LateAnswers},{LateEdits}",
            [UnderWay.Edit, UnderWay.Edit, UnderWay.Edit, null]),
        new("replacements", false, "\"cancel_ms\":60", LateRequests, [UnderWay.Replacement]),
        new("bids", true, "\"cancel_ms\":150", LateRequests, [UnderWay.Bid, UnderWay.Bid, UnderWay.Stop, null])
        {
            EntersAtLimit = true,
            FallOneIn = 16,
        },
        new("sells", true, "\"cancel_ms\":60", LateAnswers, [UnderWay.Exit, UnderWay.Exit, null])
        {
            FallOneIn = 8,
            Fall = 0.06m,
        },
    ];

    /// <summary>Bids a little above the price of its start; else it enters at the market.</summary>
    public bool EntersAtLimit { get; init; }

    /// <summary>A price falls once in so many prints.</summary>
    public int FallOneIn { get; init; } = 40;

    /// <summary>How far, a fraction: 0.018 is through a stop, 0.06 also through its limit.</summary>
    public decimal Fall { get; init; } = 0.018m;
}
