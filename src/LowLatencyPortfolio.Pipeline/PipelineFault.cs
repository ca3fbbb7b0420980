using Disruptor;
using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Pipeline;

/// <summary>
/// Remembers the exception that stopped a stage and the event that caused it, and journals that trading is halted.
/// </summary>
internal sealed class PipelineFault(IStateSink journal) : IValueExceptionHandler<TradingEvent>
{
    private Exception? _cause;

    public Exception? Cause => Volatile.Read(ref _cause);

    public void HandleEventException(Exception ex, long sequence, ref TradingEvent evt)
    {
        Remember(ex, ref evt);
        throw new InvalidOperationException("a stage of the pipeline has stopped", ex);
    }

    public void HandleOnTimeoutException(Exception ex, long sequence) =>
        Interlocked.CompareExchange(ref _cause, ex, null);

    public void HandleOnStartException(Exception ex) => Interlocked.CompareExchange(ref _cause, ex, null);

    public void HandleOnShutdownException(Exception ex) => Interlocked.CompareExchange(ref _cause, ex, null);

    public void Remember(Exception ex, ref TradingEvent e)
    {
        if (Interlocked.CompareExchange(ref _cause, ex, null) is not null)
        {
            return;
        }

        ex.Data["event"] =
            $"{e.Kind} product {e.Product} price {e.Price} quantity {e.Quantity} "
            + $"order {e.OrderSequence} at {e.ReceivedAtNs}";
        JournalScribe scribe = new(journal);
        scribe.ModeChange(in e, TradingMode.Halted, ExitReason.None);
        scribe.EndEvent();
    }
}
