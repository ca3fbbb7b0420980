using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Persistence.Tests;

/// <summary>
/// A random run that tells the same story every time it is told: closure k is a function of the seed and k.
/// </summary>
internal sealed class RandomRun(int seed)
{
    public const int Closures = 120;

    /// <summary>The events of one closure, each a list of changes; the last change of each is marked.</summary>
    public List<StateChange> Closure(int k)
    {
        Random random = new(HashCode(k));
        List<StateChange> changes = [];
        for (int events = random.Next(0, 4); events > 0; events--)
        {
            for (int rows = random.Next(0, 5); rows >= 0; rows--)
            {
                StateChange change = Change(random, k);
                change.EndOfEvent = rows == 0;
                changes.Add(change);
            }
        }

        return changes;
    }

    // Not System.HashCode: that one is different in every process, and a printed seed must mean the same run
    // everywhere.
    private int HashCode(int k) => unchecked((seed * 486_187_739) + (k * 16_777_619));

    private static StateChange Change(Random random, int k) => random.Next(8) == 0 ? Group(random, k) : new()
    {
        Kind = (StateChangeKind)random.Next(0, 5),
        WantsAnswer = random.Next(8) == 0,
        Action = (HistoryAction)random.Next(1, 14),
        Verdict = random.Next(3) == 0 ? RiskVerdict.PriceStale : RiskVerdict.None,
        ExitReason = (ExitReason)random.Next(0, 7),
        OrderState = (OrderState)random.Next(1, 7),
        Side = (OrderSide)random.Next(2),
        OrderType = (OrderType)random.Next(3),
        Purpose = (OrderPurpose)random.Next(3),
        Reason = random.Next(4) == 0 ? RejectReason.Chance : RejectReason.None,
        StopState = (StopState)random.Next(7),
        Mode = (TradingMode)random.Next(3),
        Product = random.Next(2),
        MarketEvent = k,
        TimeNs = k * 1_000L,
        OrderSequence = random.Next(1, 40),
        PositionId = random.Next(1, 12),
        Price = random.NextInt64(1L << random.Next(2, 60)),
        Trigger = random.NextInt64(1L << random.Next(2, 60)),
        Quantity = random.NextInt64(1, 1L << random.Next(2, 60)),
        FilledQuantity = random.NextInt64(1L << random.Next(2, 60)),
        OpenedAtNs = random.Next(),
        Value = random.Next() / 1_000m,
        BoughtValue = random.Next() / 10_000_000m,
        Fees = random.Next() / 100_000_000m,
        Realized = -random.Next() / 100m,
    };

    private static StateChange Group(Random random, int k) => new()
    {
        Kind = StateChangeKind.Group,
        Action = HistoryAction.GroupChanged,
        Product = random.Next(2),
        Quantity = random.Next(2),
        MarketEvent = k,
        TimeNs = k * 1_000L,
    };
}
