using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Engine;
using LowLatencyPortfolio.Persistence;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.CrashHost;

/// <summary>The journal as the stages see it: what they have decided and applied, before it is queued.</summary>
internal sealed class WatchedJournal(ISessionJournal journal, CrashPlan plan) : ISessionJournal
{
    public long Outstanding => journal.Outstanding;

    public JournalHealth Health => journal.Health;

    public void Append(in StateChange change)
    {
        bool isOrder = change.Kind == StateChangeKind.Order;
        plan.At("02", change.WantsAnswer);
        plan.At(
            "11",
            isOrder && change is { Purpose: OrderPurpose.Entry, OrderState: OrderState.Working, FilledQuantity: 0 });
        bool isSale = isOrder && change.Purpose == OrderPurpose.Reduce;
        plan.At("02 reduce", isSale);
        plan.At("14 reduce", isSale && change.FilledQuantity > 0);
        plan.At("14", change is { Kind: StateChangeKind.Position, Quantity: > 0 });
        journal.Append(in change);
    }

    public bool TryTakeAnswer(out IntentAnswer answer)
    {
        bool any = journal.TryTakeAnswer(out answer);
        plan.At("05", any && answer.Durable);
        return any;
    }

    public void Checkpoint(CheckpointWriter state, long marketEvents, long lastEventNs) =>
        journal.Checkpoint(state, marketEvents, lastEventNs);

    public void Close() => journal.Close();
}
