using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Engine;

/// <summary>What one liquidation has heard of its pairs, and a pulse for whoever waits for more.</summary>
/// <remarks>
/// Thread: <see cref="Note"/> on Dispatch's thread, the rest on the waiting caller's. What is noted stays: a pair that
/// was flat once was closed.
/// </remarks>
internal sealed class LiquidationWatch(int pairs)
{
    private readonly byte[] _last = new byte[pairs];
    private readonly bool[] _flat = new bool[pairs];
    private TaskCompletionSource _pulse = NewPulse();
    private Exception? _end;

    public void Note(int product, ExitProgress progress, bool isFlat)
    {
        if (isFlat)
        {
            Volatile.Write(ref _flat[product], true);
        }
        else if (progress != ExitProgress.Flat)
        {
            Volatile.Write(ref _last[product], (byte)progress);
        }

        Pulse();
    }

    public void End(Exception cause)
    {
        Volatile.Write(ref _end, cause);
        Pulse();
    }

    /// <summary>Whether anything was heard of the pair.</summary>
    public bool HasHeardOf(int product) => Volatile.Read(ref _flat[product]) || Volatile.Read(ref _last[product]) != 0;

    /// <summary>Completes at the next note; take it before looking, so that nothing falls between.</summary>
    public Task NextPulse() => Volatile.Read(ref _pulse).Task;

    /// <summary>How far a pair is, by what was heard and what the board shows.</summary>
    /// <returns>Null when the venue has not answered yet.</returns>
    public LiquidationOutcome? OutcomeOf(int product, in PairFigures figures, ProductSpec spec)
    {
        if (Volatile.Read(ref _flat[product]) || IsFlat(in figures, spec))
        {
            Volatile.Write(ref _flat[product], true);
            return LiquidationOutcome.Closed;
        }

        return (ExitProgress)Volatile.Read(ref _last[product]) switch
        {
            ExitProgress.Acknowledged => LiquidationOutcome.Pending,
            ExitProgress.Failed => LiquidationOutcome.Failed,
            _ => null,
        };
    }

    /// <exception cref="EngineStoppedException">The engine has ended.</exception>
    public void ThrowIfEnded()
    {
        if (Volatile.Read(ref _end) is { } cause)
        {
            throw new EngineStoppedException("the engine ended before the pairs were flat", cause);
        }
    }

    /// <summary>Whether nothing, or only dust, is held and no buy or stop of the pair is left.</summary>
    public static bool IsFlat(in PairFigures figures, ProductSpec spec)
    {
        if (figures.Exiting || figures.StopTrigger != 0)
        {
            return false;
        }

        return figures.Held == 0
            ? figures.Exposure == 0m
            : spec.IsDust(figures.Held, figures.Mark)
                && figures.Exposure <= ProductSpec.ValueOf(figures.Mark, figures.Held);
    }

    private static TaskCompletionSource NewPulse() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Pulse() => _ = Interlocked.Exchange(ref _pulse, NewPulse()).TrySetResult();
}
