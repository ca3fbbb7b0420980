using System.Runtime.InteropServices;

namespace Disruptor;

/// <summary>Where handlers sleep until the cursor moves. A publish costs one read while nobody sleeps.</summary>
/// <remarks>
/// No wake-up is lost: a sleeper announces itself and then looks at the cursor, a publisher moves the cursor and then
/// looks for sleepers, so at least one of them sees the other, provided that neither's write may be overtaken by its
/// read. The publisher has no fence for that: with one, a publish to a handler that spins took 120 ns. The sleeper, who
/// is about to spend microseconds anyway, makes every core of the process pass a fence.
/// </remarks>
[StructLayout(LayoutKind.Explicit, Size = 120 + 16 + 120)]
internal sealed class BlockingGate
{
    [FieldOffset(120)]
    private readonly object _monitor = new();

    [FieldOffset(128)]
    private bool _anybodySleeps;

    public void SignalAll()
    {
        if (Volatile.Read(ref _anybodySleeps))
            WakeSleepers();
    }

    /// <summary>Wakes everybody, whether or not the cursor moved; the sleepers look at their tokens.</summary>
    public void WakeSleepers()
    {
        lock (_monitor)
        {
            // Who sleeps on announces itself again; until the woken threads run, publishers need not come back here.
            _anybodySleeps = false;
            Monitor.PulseAll(_monitor);
        }
    }

    /// <summary>Sleeps until the producers' cursor has reached a sequence.</summary>
    /// <param name="dependencies">Whose cursor.</param>
    /// <param name="sequence">What to wait for.</param>
    /// <param name="timeoutMs">Longest sleep in ms; −1 for no limit.</param>
    /// <param name="cancellationToken">Ends the wait when somebody also wakes the sleepers.</param>
    /// <returns>False when the time was up first.</returns>
    public bool WaitForCursor(
        DependentSequenceGroup dependencies, long sequence, int timeoutMs, CancellationToken cancellationToken)
    {
        if (dependencies.CursorValue >= sequence)
            return true;
        lock (_monitor)
            return SleepUntil(dependencies, sequence, timeoutMs, cancellationToken);
    }

    private bool SleepUntil(
        DependentSequenceGroup dependencies, long sequence, int timeoutMs, CancellationToken cancellationToken)
    {
        var deadlineMs = Environment.TickCount64 + timeoutMs;
        var leftMs = timeoutMs;
        while (dependencies.CursorValue < sequence)
        {
            cancellationToken.ThrowIfCancellationRequested();
            _anybodySleeps = true;
            Interlocked.MemoryBarrierProcessWide();
            if (dependencies.CursorValue >= sequence)
                break;
            Monitor.Wait(_monitor, leftMs);
            if (timeoutMs < 0)
                continue;
            leftMs = (int)Math.Max(0, deadlineMs - Environment.TickCount64);
            if (leftMs == 0 && dependencies.CursorValue < sequence)
            {
                cancellationToken.ThrowIfCancellationRequested();
                return false;
            }
        }

        return true;
    }
}
