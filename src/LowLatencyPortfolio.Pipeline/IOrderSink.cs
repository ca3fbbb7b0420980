namespace LowLatencyPortfolio.Pipeline;

/// <summary>Where Dispatch sends order commands: a gateway, or a sink that only measures.</summary>
/// <remarks>
/// Thread: called on the thread that runs Dispatch, never concurrently. Must not wait, allocate or throw: it writes the
/// command somewhere pre-allocated and returns. What becomes of the order comes back as
/// <see cref="EventKind.OrderReport"/> events.
/// </remarks>
public interface IOrderSink
{
    /// <summary>Takes one command.</summary>
    /// <param name="command">The command; valid only during the call.</param>
    void Submit(in OrderCommand command);
}
