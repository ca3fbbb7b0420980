namespace LowLatencyPortfolio.Pipeline;

/// <summary>Which threads run the four stages.</summary>
public enum Topology
{
    /// <summary>
    /// The feed's own thread: it publishes and runs the stages through a poller. Lowest latency; one feed.
    /// </summary>
    Inline,

    /// <summary>One thread for all four stages; several feeds may publish.</summary>
    Fused,

    /// <summary>A thread for each stage; wants as many cores as stages and two more.</summary>
    Staged,
}
