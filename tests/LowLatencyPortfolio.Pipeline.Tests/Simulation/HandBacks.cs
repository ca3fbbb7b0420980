namespace LowLatencyPortfolio.Pipeline.Tests.Simulation;

/// <summary>Moves of stops that never reach the venue: a gateway whose turn did not come hands them back.</summary>
internal sealed class HandBacks
{
    private const int OneOf = 11;
    private readonly List<(long DueNs, OrderCommand Move)> _waiting = [];

    public bool IsEmpty => _waiting.Count == 0;

    /// <summary>Takes a command that does not leave.</summary>
    /// <returns>False for one that does.</returns>
    public bool Take(in OrderCommand command)
    {
        long sequence = command.Sequence;
        if (command.Kind == OrderCommandKind.Cancel)
        {
            return _waiting.Any(waiting => waiting.Move.Sequence == sequence);      // it comes back in any case
        }

        bool isTaken = command.Kind == OrderCommandKind.Replace && sequence % OneOf == 0;
        if (isTaken)
        {
            _waiting.Add((command.ReleasedAtNs + (sequence / OneOf % 4 * 700_000_000), command));
        }

        return isTaken;
    }

    /// <summary>Adds the reports of those that have waited long enough; while no stage runs.</summary>
    /// <returns>Whether there were any.</returns>
    public bool PassDue(long nowNs, List<TradingEvent> arrive)
    {
        foreach ((_, OrderCommand move) in _waiting.Where(waiting => waiting.DueNs <= nowNs))
        {
            arrive.Add(new TradingEvent
            {
                Kind = EventKind.OrderReport, Count = 1, Product = move.Product, ReceivedAtNs = nowNs,
                Report = ReportKind.HandedBack, Reason = RejectReason.WaitedForTurn, OrderSequence = move.Sequence,
                RelatedSequence = move.Replaces, Side = move.Side, OrderType = move.Type, Price = move.Limit,
                Low = move.Trigger, Quantity = move.Quantity,
            });
        }

        return _waiting.RemoveAll(waiting => waiting.DueNs <= nowNs) > 0;
    }
}
