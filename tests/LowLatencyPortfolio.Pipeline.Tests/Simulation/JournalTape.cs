namespace LowLatencyPortfolio.Pipeline.Tests.Simulation;

/// <summary>Takes state changes: keeps the intents that want an answer and a digest of everything, in order.</summary>
internal sealed class JournalTape : IStateSink
{
    private StateHash _digest;

    public Queue<(int Product, long Sequence)> Intents { get; } = [];

    public long Changes { get; private set; }

    public HashSet<HistoryAction> Seen { get; } = [];

    public StateHash Digest => _digest;

    public void Append(in StateChange change)
    {
        Changes++;
        Seen.Add(change.Action);
        StateChange copy = change;
        Add((long)copy.Kind | ((long)copy.Action << 8) | ((long)copy.Verdict << 16) | ((long)copy.OrderState << 24)
            | ((long)copy.StopState << 32) | (copy.EndOfEvent ? 1L << 40 : 0)
            | ((long)copy.ExitReason << 48) | ((long)copy.Mode << 56));
        foreach (long word in (ReadOnlySpan<long>)[
            copy.Product, copy.MarketEvent, copy.TimeNs, copy.OrderSequence, copy.PositionId,
            copy.Price, copy.Trigger, copy.Quantity, copy.FilledQuantity, copy.SoldQuantity,
            copy.Highest, copy.ExitPrice, copy.OpenedAtNs, copy.ClosedAtNs, copy.Ratchets])
        {
            Add(word);
        }

        foreach (decimal money in (ReadOnlySpan<decimal>)[
            copy.Value, copy.BoughtValue, copy.SoldValue, copy.Fees, copy.Realized])
        {
            _digest.Add(money);
        }

        if (change.WantsAnswer)
        {
            Intents.Enqueue((change.Product, change.OrderSequence));
        }
    }

    private void Add(long word) => _digest.Add(word);
}
