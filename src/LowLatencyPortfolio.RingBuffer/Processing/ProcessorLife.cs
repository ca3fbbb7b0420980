using System.Diagnostics.CodeAnalysis;

namespace Disruptor.Processing;

/// <summary>A processor's one way through life: idle, running, ended; and the two tasks others wait on.</summary>
[SuppressMessage(
    "Design", "CA1001:Types that own disposable fields should be disposable",
    Justification = "The source has no timer and no wait handle, and Halt may come after everything else.")]
internal sealed class ProcessorLife
{
    private const int Idle = 0;
    private const int Running = 1;
    private const int Over = 2;

    private readonly CancellationTokenSource _halt = new();
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _state;

    public ProcessorLife() => Token = _halt.Token;

    public CancellationToken Token { get; }

    public bool IsRunning => Volatile.Read(ref _state) == Running;

    public Task Start(Action run, TaskScheduler scheduler)
    {
        var state = Interlocked.CompareExchange(ref _state, Running, Idle);
        if (state != Idle)
        {
            throw new InvalidOperationException(state == Running
                ? "The event processor is already running."
                : "The event processor has ended and cannot be started again.");
        }

        const TaskCreationOptions OwnThread = TaskCreationOptions.LongRunning | TaskCreationOptions.DenyChildAttach;
        _ = Task.Factory.StartNew(run, CancellationToken.None, OwnThread, scheduler);
        return _started.Task;
    }

    /// <summary>
    /// Asks a running loop to end; an idle processor is over at once, without OnStart and OnShutdown.
    /// </summary>
    public Task Halt(SequenceBarrier barrier)
    {
        if (Interlocked.CompareExchange(ref _state, Over, Idle) == Idle)
            _ended.TrySetResult();
        _halt.Cancel();
        barrier.CancelProcessing();
        return _ended.Task;
    }

    public void Started() => _started.TrySetResult();

    public void StartFailed(Exception? fatal)
    {
        LoopEnded();
        _started.TrySetException(fatal ?? new InvalidOperationException("The handler did not start."));
        _ended.TrySetResult();
    }

    public void LoopEnded() => Volatile.Write(ref _state, Over);

    public void Ended(Exception? fatal)
    {
        if (fatal is null)
            _ended.TrySetResult();
        else
            _ended.TrySetException(fatal);
    }
}
