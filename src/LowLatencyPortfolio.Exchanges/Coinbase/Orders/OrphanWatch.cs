using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Exchanges.Coinbase;

/// <summary>
/// Entries of ours that no row knows: certain once they were seen twice, as far apart as absence is proven, while
/// nothing of ours was on its way in the pair.
/// </summary>
/// <remarks>
/// Thread: under the desk's lock. What was seen once is asked about by its id, because what has traded completely is in
/// no list of open orders.
/// </remarks>
internal sealed class OrphanWatch(DeskState state)
{
    private const long AnswerNs = 10 * EventTime.Second;

    private readonly Dictionary<long, Sight> _seen = [];

    /// <summary>Takes a sight of one in; the first one closes the gate for entries.</summary>
    public bool IsCertain(CoinbaseOrder seen, long sequence, PairSetup pair, long nowNs)
    {
        state.Health.SetMismatch(HaltCause.EntryUnknown, pair.Index, sequence, nowNs);
        if (!_seen.TryGetValue(sequence, out Sight? sight))
        {
            sight = new Sight { OrderId = seen.OrderId, ClientOrderId = seen.ClientOrderId, Pair = pair };
            _seen.Add(sequence, sight);
        }

        long proofNs = DeskState.Ns(state.Options.AbsenceProof);
        if (!state.IsQuiet(pair.Index))
        {
            sight.SinceNs = 0;
            sight.LookAtNs = nowNs + EventTime.Second;
            return false;
        }

        sight.SinceNs = sight.SinceNs == 0 ? nowNs : sight.SinceNs;
        if (nowNs - sight.SinceNs < proofNs)
        {
            sight.LookAtNs = sight.SinceNs + proofNs;
            return false;
        }

        _ = _seen.Remove(sequence);
        return true;
    }

    /// <summary>It was over without a trade.</summary>
    /// <param name="sequence">Our number of it.</param>
    public void Forget(long sequence) => _ = _seen.Remove(sequence);

    /// <summary>Takes the next look that is due.</summary>
    /// <returns>Null when none is.</returns>
    public LookRequest? Next(long nowNs)
    {
        foreach ((long sequence, Sight sight) in _seen)
        {
            if (sight.LookAtNs <= nowNs)
            {
                sight.LookAtNs = nowNs + AnswerNs;      // if this look is lost, another follows
                return new LookRequest(
                    sequence, sight.OrderId, sight.ClientOrderId, sight.Pair.ProductId, DateTimeOffset.UnixEpoch,
                    RequestPriority.Query);
            }
        }

        return null;
    }

    private sealed class Sight
    {
        public required string OrderId { get; init; }

        public required string ClientOrderId { get; init; }

        public required PairSetup Pair { get; init; }

        /// <summary>When it was first seen with nothing on its way in the pair, ns UTC; 0 = not yet.</summary>
        public long SinceNs { get; set; }

        public long LookAtNs { get; set; }
    }
}
