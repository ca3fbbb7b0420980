namespace Disruptor.Processing;

/// <summary>A consumer with a thread of its own.</summary>
/// <remarks>Start, halt and dispose of it from any thread; it runs once.</remarks>
public interface IEventProcessor : IDisposable
{
    /// <summary>The last event handled, −1 before the first; written once per batch.</summary>
    Sequence Sequence { get; }

    /// <summary>True from the call of <see cref="Start"/> until the loop has ended.</summary>
    bool IsRunning { get; }

    /// <summary>Starts the loop on a thread of its own.</summary>
    /// <param name="taskScheduler">Where to start it; the default scheduler makes a background thread.</param>
    /// <returns>Completes when the handler's OnStart has returned; faults if the stage did not start.</returns>
    /// <exception cref="InvalidOperationException">It was started or halted before.</exception>
    Task Start(TaskScheduler taskScheduler);

    /// <summary>Ends the loop after the batch that is being handled. Does not drain. May be called again.</summary>
    /// <returns>Completes when the handler's OnShutdown has returned; faults if that failed.</returns>
    Task Halt();
}
