using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Exchanges.Coinbase;

/// <summary>
/// Tells the engine how many coins of each pair are in the account, when nothing of the pair was under way meanwhile.
/// </summary>
/// <remarks>
/// Thread: the reconciler's loop. The engine compares with what it holds and believes two looks only; so after a number
/// has fallen, a sell was refused for lack of coins, or a session was taken over, more looks follow than usual, and go
/// on while somebody else's order holds coins: what becomes free is protected soon. A pair that was not quiet is left
/// out: a fill that nobody has told of yet would look like coins that left.
/// </remarks>
internal sealed class CoinLook(OrderDesk desk, IReadOnlyList<PairSetup> pairs, CoinbaseGatewayOptions options)
{
    private const int LooksAfterFall = 3;

    private readonly long[] _before = new long[pairs.Count];
    private readonly long[] _there = new long[pairs.Count];
    private readonly TimeProvider _time = options.Time;
    private int _more;
    private long _lookedAt;

    /// <summary>Whether another look should follow before the usual time.</summary>
    public bool IsDue()
    {
        if (_time.GetElapsedTime(_lookedAt) < options.AbsenceProof)
        {
            return false;
        }

        desk.With(state =>
        {
            _more = state.AsksForCoins ? LooksAfterFall : _more;
            state.AsksForCoins = false;
        });
        return _more > 0;
    }

    /// <summary>Before the balances are asked for.</summary>
    public void Begin() => desk.With(state =>
    {
        for (int i = 0; i < _before.Length; i++)
        {
            _before[i] = state.IsQuiet(i) ? state.Reports.ActivityOf(i) : -1;
        }
    });

    /// <summary>After the open orders were looked at once more.</summary>
    /// <param name="accounts">What was answered in between.</param>
    public void End(IReadOnlyList<CoinbaseAccount> accounts)
    {
        _lookedAt = _time.GetTimestamp();
        bool isWatching = _more > 0;
        _more = Math.Max(_more - 1, 0);
        desk.With(state =>
        {
            foreach (PairSetup pair in pairs.Where(HasOwnCoin))
            {
                bool wasQuiet = _before[pair.Index] >= 0 && state.Reports.ActivityOf(pair.Index) == _before[pair.Index];
                if (wasQuiet && state.IsQuiet(pair.Index))
                {
                    Tell(state, pair, accounts, isWatching);
                }
            }
        });
    }

    private void Tell(DeskState state, PairSetup pair, IReadOnlyList<CoinbaseAccount> accounts, bool isWatching)
    {
        CoinbaseAccount[] own = [.. accounts.Where(account => account.Currency == pair.Product.BaseCurrency)];
        long there = Units(pair, own.Sum(account => account.Available + account.Hold));
        long ours = Units(pair, own.Sum(account => account.Available)) + HeldByUs(state, pair.Index);
        state.Reports.AddCoins(pair.Index, there, Math.Min(ours, there), Clock.NowNs(_time));
        _more = there < _there[pair.Index] ? LooksAfterFall
            : isWatching && ours < there ? Math.Max(_more, 1)
            : _more;
        _there[pair.Index] = there;
    }

    // Of two pairs with the same coin nobody could say whose is missing.
    private bool HasOwnCoin(PairSetup pair) =>
        pairs.Count(other => other.Product.BaseCurrency == pair.Product.BaseCurrency) == 1;

    private static long HeldByUs(DeskState state, int product)
    {
        long held = 0;
        foreach (int index in state.Book.Live)
        {
            ref VenueOrder order = ref state.Book[index];
            bool isHolding = order.IsSell && order.Command.Product == product && order.Phase == OrderPhase.Working;
            held += isHolding ? Math.Max(order.Command.Quantity - order.Filled, 0) : 0;
        }

        return held;
    }

    private static long Units(PairSetup pair, decimal quantity) =>
        (long)decimal.Floor(Math.Clamp(quantity * pair.Product.QuantityScale, 0m, long.MaxValue));
}
