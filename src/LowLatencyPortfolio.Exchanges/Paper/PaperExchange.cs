using System.Globalization;
using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Exchanges.Paper;

/// <summary>
/// A venue played in event time: takes order commands, matches each tick of a pair before the engine sees it, and
/// answers with reports. The same commands and ticks give the same reports, bit for bit.
/// </summary>
/// <remarks>
/// Thread: <see cref="Submit"/> on Dispatch's thread, everything else on the feeder's. Allocation: none after warm-up;
/// slots and buffers double when more orders or reports wait at once than ever before. Rounding: slippage to the ring
/// unit against the trader and never beyond an order's own limit; fees up to 8 decimals; partial fills down to the
/// product's quantity increment. Source: SPEC 12. Three readings of it: a limit order that is marketable at its first
/// tick but finds no quantity left rests at its limit; a cancel of an order that arrives at the same instant comes
/// after it; a gap tick prices the pair's market sells until one of them is filled completely, or the price came back
/// to the stop's limit. Grids and minimum sizes are not checked: the risk gate did.
/// </remarks>
public sealed class PaperExchange : IOrderSink
{
    private const long NsPerMs = 1_000_000;

    private readonly PaperConfig _config;
    private readonly PaperInbox _inbox = new();
    private readonly PaperArrivals _arrivals = new();
    private readonly PaperBook _book;
    private readonly PaperAdmission _admission;
    private readonly PaperMatcher _matcher;
    private readonly long _latencyNs;

    /// <summary>Opens the venue with cash and no base.</summary>
    /// <param name="config">Fees, slippage, latency and chance.</param>
    /// <param name="pairs">Pairs by index.</param>
    /// <param name="startingCash">Quote, in [0, 10¹²).</param>
    /// <param name="playedFromBars">Per pair, whether its ticks are made from bars: after a gap the next tick then
    /// cannot be trusted to be the later one.</param>
    /// <exception cref="ArgumentException">The configuration has faults (all of them are named), or the arrays differ
    /// in length.</exception>
    public PaperExchange(PaperConfig config, PairSetup[] pairs, decimal startingCash, bool[] playedFromBars)
    {
        ArgumentNullException.ThrowIfNull(config);
        ArgumentNullException.ThrowIfNull(pairs);
        ArgumentNullException.ThrowIfNull(playedFromBars);
        List<string> faults = [.. config.Faults()];
        if (startingCash is < 0m or >= 1_000_000_000_000m)
        {
            faults.Add(
                string.Create(CultureInfo.InvariantCulture, $"starting cash {startingCash} must be in [0, 10^12)"));
        }

        if (playedFromBars.Length != pairs.Length)
        {
            faults.Add($"{playedFromBars.Length} kinds of data for {pairs.Length} pairs");
        }

        if (faults.Count > 0)
        {
            throw new ArgumentException(string.Join(Environment.NewLine, faults));
        }

        _config = config;
        _latencyNs = config.LatencyMs * NsPerMs;
        _book = new PaperBook(config, pairs, startingCash, playedFromBars);
        _admission = new PaperAdmission(_book);
        _matcher = new PaperMatcher(_book, config.PartialFills);
    }

    /// <summary>The venue's own account of the money, for comparing with the engine's.</summary>
    public PaperLedger Ledger => _book.Ledger;

    /// <summary>Orders that work now; at the end of the data they stay open.</summary>
    public int OpenOrders => _book.Orders.Count;

    /// <summary>Fills reported so far.</summary>
    public long Fills => _book.Fills;

    /// <summary>When the next command takes effect, ns UTC; <see cref="long.MaxValue"/> when none is on its
    /// way.</summary>
    public long NextDueNs => _arrivals.NextDueNs;

    /// <summary>Reports since <see cref="ClearReports"/>, in order; lines 0 and 1 are written. Valid until the next
    /// call on this object.</summary>
    public ReadOnlySpan<TradingEvent> Reports => _book.Reports.Waiting;

    /// <summary>The fill assumptions in one line, for a report.</summary>
    public string Assumptions => string.Create(
        CultureInfo.InvariantCulture,
        $"resting orders fill at their limit, maker {_config.MakerFee * 100m:0.00##} %; "
        + $"orders that take fill at the tick with {_config.SlippageBps:0.####} bp slippage, "
        + $"taker {_config.TakerFee * 100m:0.00##} %; "
        + $"{(_config.PartialFills ? "fills bounded by each tick's quantity" : "fills complete at one tick")}; "
        + $"latency {_config.LatencyMs} ms; refused by chance {_config.RejectionRate * 100m:0.####} %");

    /// <summary>Takes a command from Dispatch; it comes into effect at its release time plus the latency.</summary>
    /// <param name="command">The command; copied.</param>
    /// <exception cref="InvalidOperationException">8,192 commands wait: the feeder has stopped taking them.</exception>
    /// <remarks>Thread: Dispatch's. Allocation: none. Cost: one copy and one release store.</remarks>
    public void Submit(in OrderCommand command) => _inbox.Add(in command);

    /// <summary>Moves what Dispatch sent into the due list.</summary>
    /// <returns>How many commands were moved.</returns>
    public int TakeInbox()
    {
        int moved = 0;
        while (_inbox.TryTake(out OrderCommand command))
        {
            _arrivals.Add(in command, command.ReleasedAtNs + _latencyNs);
            moved++;
        }

        return moved;
    }

    /// <summary>Brings due commands into effect: by due time, at one instant cancels first, then new orders, each by
    /// sequence.</summary>
    /// <param name="nowNs">Event time, ns UTC; what is due at it is delivered.</param>
    /// <returns>How many commands took effect. Their reports carry the due time.</returns>
    public int Deliver(long nowNs)
    {
        int delivered = 0;
        while (_arrivals.TryTake(nowNs, out OrderCommand command, out long dueNs))
        {
            delivered++;
            switch (command.Kind)
            {
                case OrderCommandKind.Cancel when NamesOrderOfThisInstant(in command, dueNs):
                    _arrivals.AddBehindOrders(in command, dueNs);
                    delivered--;
                    break;
                case OrderCommandKind.Cancel:
                    _admission.Cancel(in command, dueNs);
                    break;
                case OrderCommandKind.Replace:
                    _admission.Replace(in command, dueNs);
                    break;
                default:
                    _admission.Place(in command, dueNs);
                    break;
            }
        }

        return delivered;
    }

    /// <summary>Matches one tick with the pair's live orders, before the tick enters the ring. Refused ticks have
    /// traded too.</summary>
    /// <param name="tick">The tick, in ring units.</param>
    public void Match(in MarketTick tick) => _matcher.Match(in tick);

    /// <summary>Forgets the reports; they were published.</summary>
    public void ClearReports() => _book.Reports.Clear();

    /// <summary>
    /// Begins with what an engine held and had, and without its orders: each that might still have traded is reported
    /// as cancelled, or, when nobody knows whether it ever arrived, as absent.
    /// </summary>
    /// <param name="portfolio">As it was written down.</param>
    /// <remarks>At the start, before the first command.</remarks>
    public void BeginAnew(AdoptedPortfolio portfolio)
    {
        ArgumentNullException.ThrowIfNull(portfolio);
        _book.Ledger.BeginWith(portfolio.Cash, portfolio.Held);
        foreach (StoredOrder order in portfolio.Orders.Select(adopted => adopted.Order))
        {
            if (OrderTransitions.IsFinal(order.State))
            {
                continue;
            }

            bool isKnown = order.State is OrderState.Working or OrderState.Triggered or OrderState.CancelPending;
            PaperOrder gone = new()
            {
                Sequence = order.Sequence,
                Product = order.Product,
                Side = order.Side,
                Type = order.Type,
                Limit = order.Limit,
                Trigger = order.Trigger,
                Quantity = order.Quantity,
                Filled = order.Cumulative,
            };
            _book.Reports.Add(isKnown ? ReportKind.Cancelled : ReportKind.ProvenAbsent, in gone, portfolio.NowNs);
        }
    }

    /// <summary>Writes the whole venue.</summary>
    /// <param name="writer">Where to.</param>
    /// <exception cref="InvalidOperationException">Commands or reports are in transit: this is no quiescent
    /// moment.</exception>
    public void WriteCheckpoint(CheckpointWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        if (!_inbox.IsEmpty || !_book.Reports.IsEmpty)
        {
            throw new InvalidOperationException(
                "the paper exchange can be stored only when no command and no report is in transit");
        }

        writer.Section("paper");
        writer.Write((long)_book.Pairs.Length);
        _book.Write(writer);
        _arrivals.Write(writer);
    }

    /// <summary>Becomes the venue that was written.</summary>
    /// <param name="reader">What <see cref="WriteCheckpoint"/> wrote for the same pairs.</param>
    /// <exception cref="InvalidDataException">The bytes are of something else, or of other pairs.</exception>
    public void ReadCheckpoint(CheckpointReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        reader.Section("paper");
        int pairs = reader.ReadInt32();
        if (pairs != _book.Pairs.Length)
        {
            throw new InvalidDataException($"checkpoint has {pairs} paper pairs, this run {_book.Pairs.Length}");
        }

        _book.Read(reader);
        _arrivals.Read(reader);
        _book.Reports.Clear();
    }

    /// <summary>An order released and cancelled within one event must not outlive its cancel, whatever order the
    /// instant is played in.</summary>
    private bool NamesOrderOfThisInstant(in OrderCommand cancel, long dueNs) =>
        !_admission.IsLive(cancel.Product, cancel.Sequence) && _arrivals.HasOrder(cancel.Sequence, dueNs);
}
