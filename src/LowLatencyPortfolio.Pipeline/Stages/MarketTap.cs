using System.Runtime.CompilerServices;

namespace LowLatencyPortfolio.Pipeline;

/// <summary>Where the market is told on from the stages' thread; a type each way, so that none costs nothing.</summary>
internal interface IMarketTap
{
    /// <summary>A tick that passed the front screen: accepted, and standing for itself alone.</summary>
    void OnPassed(in TradingEvent e);

    /// <summary>Any other event, after Normalize.</summary>
    void OnNormalized(in TradingEvent e);
}

/// <summary>Nobody follows the market.</summary>
internal readonly struct NoMarketTap : IMarketTap
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void OnPassed(in TradingEvent e)
    {
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void OnNormalized(in TradingEvent e)
    {
    }
}

/// <summary>Tells an observer.</summary>
internal readonly struct MarketTap(IMarketObserver observer) : IMarketTap
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void OnPassed(in TradingEvent e) => observer.OnTick(in e, e.Price, e.Price);

    public void OnNormalized(in TradingEvent e)
    {
        switch (e.Kind)
        {
            // The later stages write their bytes of the same word meanwhile; each is read by itself.
            case EventKind.Tick when e.TickVerdict == TickVerdict.Accepted:
                observer.OnTick(in e, e.Price, e.Price);
                break;
            case EventKind.Tick when e.TickVerdict == TickVerdict.AcceptedRange:
                observer.OnTick(in e, e.RangeLow, e.RangeHigh);
                break;
            case EventKind.Timer:
                observer.OnTime(e.NowNs);
                break;
            case EventKind.OrderReport:
                observer.OnReport(in e);
                break;
            default:
                break;
        }
    }
}
