using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.LatencyLab;

/// <summary>One way to bring ticks to the four stages. Made anew for every round.</summary>
internal interface ICandidate : IDisposable
{
    /// <summary>Opens the positions and comes to rest; not measured.</summary>
    void Open(TickStream stream);

    /// <summary>Plays the ticks and returns when the last one was handled; measured.</summary>
    void Run(TickStream stream);

    /// <summary>Over all decisions and fills; after <see cref="Run"/>. Null where no stages run.</summary>
    StateHash? Hash { get; }

    /// <summary>Orders that reached the sink, those of the opening included.</summary>
    long Orders { get; }
}
