using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Pipeline.Tests.Simulation;

/// <summary>Cancels of buys that the venue would not carry out: the buy works on.</summary>
internal sealed class RefusedCancels
{
    private const int OneOf = 3;
    private const int Times = 2;
    private readonly List<OrderCommand> _refused = [];
    private readonly Dictionary<long, int> _counts = [];

    public bool IsEmpty => _refused.Count == 0;

    /// <summary>Takes a cancel that the venue refuses.</summary>
    /// <returns>False for one that it carries out.</returns>
    public bool Take(in OrderCommand command)
    {
        int before = _counts.GetValueOrDefault(command.Sequence);
        bool isTaken = command.Kind == OrderCommandKind.Cancel && command.Side == OrderSide.Buy
            && command.Sequence % OneOf == 0 && before < Times;
        if (isTaken)
        {
            _counts[command.Sequence] = before + 1;
            _refused.Add(command);
        }

        return isTaken;
    }

    /// <summary>Adds the answers; while no stage runs.</summary>
    /// <returns>Whether there were any.</returns>
    public bool Pass(long nowNs, List<TradingEvent> arrive)
    {
        arrive.AddRange(_refused.Select(cancel => new TradingEvent
        {
            Kind = EventKind.OrderReport, Count = 1, Product = cancel.Product, ReceivedAtNs = nowNs,
            Report = ReportKind.CancelRejected, OrderSequence = cancel.Sequence, Side = cancel.Side,
            OrderType = cancel.Type, Price = cancel.Limit, Low = cancel.Trigger, Quantity = cancel.Quantity,
        }));
        bool isAny = _refused.Count > 0;
        _refused.Clear();
        return isAny;
    }
}
