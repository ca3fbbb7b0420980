using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Pipeline;

/// <summary>What Dispatch folds into the state hash: every decision and every applied fill. Source: SPEC 15.</summary>
internal sealed class HashScribe(PairSetup[] setups)
{
    public const byte EntryReview = 16;
    public const byte QueueReview = 17;
    public const byte DurableReview = 18;
    private const byte AppliedFill = 32;
    private const byte LostCoins = 33;
    private const byte ModeChanged = 48;
    private const byte GroupMeasured = 64;

    private readonly ulong[] _productHash = [.. setups.Select(setup => StateHash.OfProduct(setup.ProductId))];
    private StateHash _hash;

    public StateHash Hash
    {
        get => _hash;
        set => _hash = value;
    }

    public void Decision(in TradingEvent e)
    {
        bool isApproved = e.Verdict == RiskVerdict.Approved;
        bool isOrder = e.Decision.IsOrder();
        _hash.Add(
            e.NowNs, _productHash[e.Product], (byte)e.Decision, OrderSide.Sell,
            e.Decision.TypeOf(),
            isOrder ? e.DecisionTrigger : 0, isOrder ? e.DecisionLimit : 0, isOrder ? e.DecisionQuantity : 0,
            isOrder && isApproved ? e.Approved.Sequence
                : e.Decision == DecisionKind.CancelOverdue ? e.DecisionOrder
                : 0,
            e.Verdict);
    }

    public void Entry(in TradingEvent e, byte review, long sequence) => _hash.Add(
        e.NowNs, _productHash[e.Product], review, OrderSide.Buy, e.Approved.Type, 0, e.DecisionLimit,
        e.DecisionQuantity, sequence, e.Verdict);

    public void Fill(in TradingEvent e, in OrderEntry order, long filled)
    {
        _hash.Add(
            e.NowNs, _productHash[e.Product], AppliedFill, order.Side, order.Type, order.Trigger,
            e.Price, filled, order.Sequence, RiskVerdict.None);
        _hash.Add(e.FillValue);
        _hash.Add(e.Fee);
    }

    public void CoinsLeft(in TradingEvent e, long quantity, decimal cost)
    {
        _hash.Add(
            e.NowNs, _productHash[e.Product], LostCoins, OrderSide.Sell, default, 0, 0, quantity, 0, RiskVerdict.None);
        _hash.Add(cost);
    }

    public void GroupChanged(in TradingEvent e)
    {
        _hash.Add(
            e.NowNs, _productHash[e.Product], GroupMeasured, default, default, 0, 0, 0, 0, RiskVerdict.None);
        _hash.Add(_productHash[(int)e.Quantity]);
    }

    public void ModeChange(in TradingEvent e, TradingMode mode) =>
        _hash.Add(e.NowNs, 0, (byte)(ModeChanged + (byte)mode), default, default, 0, 0, 0, 0, e.Verdict);
}
