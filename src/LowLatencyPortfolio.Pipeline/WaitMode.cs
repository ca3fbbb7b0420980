namespace LowLatencyPortfolio.Pipeline;

/// <summary>How a stage's thread waits for the next event.</summary>
/// <remarks>The values are those of <see cref="RingAdapter.WaitKind"/>.</remarks>
public enum WaitMode
{
    /// <summary>Spins with a pause instruction: a core for each waiting thread, lowest latency.</summary>
    BusySpin = RingAdapter.WaitKind.BusySpin,

    /// <summary>Spins briefly, then yields the core between looks.</summary>
    Yielding = RingAdapter.WaitKind.Yielding,

    /// <summary>Sleeps until something is published.</summary>
    Blocking = RingAdapter.WaitKind.Blocking,

    /// <summary>Spins, yields, then gives way to any ready thread.</summary>
    Sleeping = RingAdapter.WaitKind.Sleeping,

    /// <summary>Spins and yields briefly, then sleeps until something is published.</summary>
    SpinThenBlock = RingAdapter.WaitKind.SpinThenBlock,
}
