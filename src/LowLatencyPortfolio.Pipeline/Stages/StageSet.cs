using System.Runtime.CompilerServices;
using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Pipeline;

/// <summary>The four stages of one pipeline, and the one place where an event meets them in order.</summary>
/// <remarks>
/// What the stages know of prices is complete after <see cref="Settle"/>; everything else of them always is.
/// </remarks>
internal sealed class StageSet
{
    private readonly PairSetup[] _setups;
    private readonly FrontScreen _screen;

    public StageSet(
        PairSetup[] setups, PortfolioConfig config, PipelineOptions options, IOrderSink gateway, IStateSink journal)
    {
        _setups = setups;
        Normalize = new NormalizeStage(setups);
        Ratchet = new RatchetStage(setups, options.OrderCapacity, options.CandleSeconds);
        RiskGate = new RiskGateStage(setups, config, options);
        Dispatch = new DispatchStage(setups, options, gateway, journal);
        _screen = new FrontScreen(Normalize, Ratchet, RiskGate, setups.Length);
    }

    public NormalizeStage Normalize { get; }

    public RatchetStage Ratchet { get; }

    public RiskGateStage RiskGate { get; }

    public DispatchStage Dispatch { get; }

    public long Ticks => _screen.Ticks;

    public long NowNs => _screen.NowNs;

    /// <summary>Events that went through the stages, since the start of this process.</summary>
    public long Unscreened => _screen.Unscreened;

    /// <summary>All four stages on the caller's thread.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Handle(ref TradingEvent e)
    {
        if (!_screen.Passes(ref e))
        {
            HandleUnscreened(ref e);
        }
    }

    /// <summary>All four stages on the caller's thread, then whoever follows the market.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Handle<TTap>(ref TradingEvent e, in TTap tap)
        where TTap : struct, IMarketTap
    {
        if (_screen.Passes(ref e))
        {
            tap.OnPassed(in e);
            return;
        }

        HandleUnscreened(ref e);
        tap.OnNormalized(in e);
    }

    /// <summary>Tells the stages the prices that passed without them; the stages' thread, or at quiescence.</summary>
    public void Settle() => _screen.Settle();

    /// <summary>Compares what the stages each know of the same thing; at quiescence.</summary>
    public void CheckCopies()
    {
        Settle();
        for (int i = 0; i < _setups.Length; i++)
        {
            long held = Ratchet.Pairs[i].Held;
            Invariant.Check(held == RiskGate.Pairs[i].Held, InvariantRule.HeldQuantityDiffers);
            Invariant.Check(held == Dispatch.Positions[i].Held, InvariantRule.HeldQuantityDiffers);
            Invariant.Check(
                _setups[i].Product.QuantityOf(held) == RiskGate.Gate.Portfolio.Ledger(i).Quantity,
                InvariantRule.HeldQuantityDiffers);
        }

        Invariant.Check(
            RiskGate.RecomputeMarketValue() == RiskGate.Gate.Breaker.MarketValue, InvariantRule.MarketValueDiffers);
    }

    public void Save(CheckpointWriter writer)
    {
        CheckCopies();
        Normalize.Save(writer);
        Ratchet.Save(writer);
        RiskGate.Save(writer);
        Dispatch.Save(writer);
    }

    public void Restore(CheckpointReader reader)
    {
        Normalize.Restore(reader);
        Ratchet.Restore(reader);
        RiskGate.Restore(reader);
        Dispatch.Restore(reader);
        _screen.Reset();
        CheckCopies();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void HandleUnscreened(ref TradingEvent e)
    {
        if (e.Kind == EventKind.Tick)
        {
            _screen.BeforeTick(in e);
            Normalize.OnTick(ref e);
            Ratchet.OnTick(ref e);
            RiskGate.OnTick(ref e);
            Dispatch.OnTick(ref e);
            _screen.AfterTick(in e);
        }
        else
        {
            _screen.BeforeOther(in e);
            Normalize.OnOther(ref e);
            Ratchet.OnOther(ref e);
            RiskGate.OnOther(ref e);
            Dispatch.OnOther(ref e);
            _screen.AfterOther();
        }
    }
}
