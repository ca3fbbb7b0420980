using System.Runtime.InteropServices;
using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Pipeline;
using LowLatencyPortfolio.Signals;

namespace LowLatencyPortfolio.Engine;

/// <summary>
/// Keeps what the closed candles say, for generators, and decides which of their answers become entries, in which
/// order.
/// </summary>
/// <remarks>
/// Thread: one round at a time; <see cref="Shown"/> and <see cref="Answered"/> from any. The rules look at the
/// portfolio as the board shows it; the risk gate looks again, at everything, when the entry comes.
/// </remarks>
internal sealed class SignalDesk
{
    private const string SectionName = "signaldesk-1";

    private readonly PairSetup[] _pairs;
    private readonly PairSignals[] _signals;
    private readonly long _intervalNs;
    private readonly long _cooldownNs;
    private readonly List<EntrySignal> _chosen = [];
    private readonly long[] _state;
    private readonly int[] _awaited;
    private MarketSnapshot[] _shown;

    public SignalDesk(PairSetup[] pairs, SignalOptions options)
    {
        _pairs = pairs;
        _intervalNs = options.Confirmation.CandleSeconds * EventTime.Second;
        _cooldownNs = options.CooldownCandles * _intervalNs;
        _signals = [.. pairs.Select(pair => new PairSignals(pair.Product, options.Confirmation))];
        _state = new long[_signals[0].StateLength];
        _awaited = new int[pairs.Length];
        _shown = [.. _signals.Select(Show)];
        Tally = new SignalTally(pairs);
        Correlation = options.Correlation is { } correlation
            ? new CorrelationDesk(pairs, correlation, options.Confirmation.CandleSeconds)
            : null;
        Fusion = options.Fusion.Enabled ? new FusionDesk(pairs, options) : null;
    }

    public SignalTally Tally { get; }

    /// <summary>Correlations and measured groups; null where nobody asked for them.</summary>
    public CorrelationDesk? Correlation { get; }

    /// <summary>The fused model; null where it is off.</summary>
    public FusionDesk? Fusion { get; }

    /// <summary>Candles, indicators and votes of each pair after the last round; nothing else of them is filled
    /// in.</summary>
    public MarketSnapshot[] Shown => Volatile.Read(ref _shown);

    /// <summary>Takes the candles of a round in.</summary>
    public void Learn(CandleRound round)
    {
        MarketSnapshot[] shown = [.. _shown];
        int closed = 0;
        int votes = 0;
        for (int i = 0; i < _pairs.Length; i++)
        {
            ref readonly Candle candle = ref round.Candles[i];
            if (candle.Ticks == 0)
            {
                continue;
            }

            closed++;
            _signals[i].OnCandle(in candle);
            shown[i] = Show(_signals[i]);
            votes += CastAtOnce(_signals[i].Votes);
        }

        AddFusion(round, shown);
        Volatile.Write(ref _shown, shown);
        Tally.Round(closed, votes);
    }

    /// <summary>
    /// The entries that may be asked of the gate: by confidence, the surest first, then by product. Valid until the
    /// next call.
    /// </summary>
    /// <param name="checks">One a pair, by index.</param>
    /// <param name="snapshot">How the portfolio stands.</param>
    /// <param name="round">The close they were asked at.</param>
    public IReadOnlyList<EntrySignal> Choose(
        IReadOnlyList<SignalCheck> checks, PortfolioSnapshot snapshot, CandleRound round)
    {
        _chosen.Clear();
        for (int i = 0; i < checks.Count; i++)
        {
            Tally.Check(i, checks[i]);
            if (checks[i].Signal is not { ShouldEnter: true } signal)
            {
                continue;
            }

            EntryHold hold = HoldOf(i, in snapshot.Pairs[i], round);
            if (hold == EntryHold.None)
            {
                _chosen.Add(signal);
                Tally.Submit();
            }
            else
            {
                Tally.Hold(hold);
            }
        }

        _chosen.Sort(EntryPriority.Instance);
        return _chosen;
    }

    /// <summary>An entry of the pair was submitted, and its answer is still to come.</summary>
    public void Await(int product) => Interlocked.Increment(ref _awaited[product]);

    /// <summary>It came, or nobody waits for it any more; from any thread.</summary>
    public void Answered(int product) => Interlocked.Decrement(ref _awaited[product]);

    /// <summary>A round could not be judged; told as a failure of every pair.</summary>
    public void Fail(Exception cause)
    {
        foreach (PairSetup pair in _pairs)
        {
            Tally.Check(pair.Index, new SignalCheck(pair.ProductId, SignalOutcome.Failed, null, cause));
        }
    }

    public void Save(CheckpointWriter writer)
    {
        writer.Section(SectionName);
        foreach (PairSignals signals in _signals)
        {
            signals.Save(_state);
            writer.Write(MemoryMarshal.AsBytes(_state.AsSpan()));
        }

        Tally.Save(writer);
        Correlation?.Save(writer);
        Fusion?.Save(writer);
    }

    /// <exception cref="InvalidDataException">The state is of other settings.</exception>
    public void Restore(CheckpointReader reader)
    {
        reader.Section(SectionName);
        foreach (PairSignals signals in _signals)
        {
            signals.Restore(MemoryMarshal.Cast<byte, long>(reader.ReadBytes()));
        }

        Tally.Restore(reader);
        Correlation?.Restore(reader);
        Fusion?.Restore(reader);
        Volatile.Write(ref _shown, [.. _signals.Select(Show)]);
    }

    private void AddFusion(CandleRound round, MarketSnapshot[] shown)
    {
        if (Fusion is null)
        {
            return;
        }

        Fusion.OnRound(round, _signals);
        for (int i = 0; i < shown.Length; i++)
        {
            shown[i] = shown[i] with { RiseProbability = Fusion.RiseProbability(i) };
        }
    }

    // Votes that the newest candle cast, not those that still stand.
    private static int CastAtOnce(EntryVotes votes) =>
        (votes.RsiAge == 0 ? 1 : 0) + (votes.MacdAge == 0 ? 1 : 0) + (votes.VwapAge == 0 ? 1 : 0);

    private static MarketSnapshot Show(PairSignals signals) =>
        signals.AddTo(new MarketSnapshot { ProductId = signals.Product.ProductId, At = default });

    /// <summary>Why a pair may not be entered at this close, before the risk gate is asked: the first reason.</summary>
    /// <param name="product">Index of the pair.</param>
    /// <param name="figures">How the pair stands.</param>
    /// <param name="round">The close.</param>
    internal EntryHold HoldOf(int product, in PairFigures figures, CandleRound round)
    {
        ProductSpec spec = _pairs[product].Product;
        ref readonly Candle candle = ref round.Candles[product];
        long exitNs = round.LastExitNs[product];
        long coolNs = exitNs - (exitNs % _intervalNs) + _intervalNs + _cooldownNs;
        return candle.Ticks == 0 || candle.OpenTimeNs + _intervalNs != round.EndNs ? EntryHold.NoCandle
            : figures.Exiting ? EntryHold.Exiting
            : figures.Held > 0 && !spec.IsDust(figures.Held, figures.Mark) ? EntryHold.PositionHeld
            : Volatile.Read(ref _awaited[product]) > 0
                || figures.Exposure > spec.QuantityOf(figures.Held) * spec.PriceOf(figures.Mark)
                ? EntryHold.EntryWorking
            : figures.StopTrigger != 0 ? EntryHold.StopResting
            : exitNs != 0 && round.EndNs < coolNs ? EntryHold.CoolingDown
            : EntryHold.None;
    }
}
