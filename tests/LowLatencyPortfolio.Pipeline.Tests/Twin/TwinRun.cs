using System.Runtime.InteropServices;
using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Pipeline.Tests.Reference;
using LowLatencyPortfolio.Pipeline.Tests.Simulation;

namespace LowLatencyPortfolio.Pipeline.Tests.Twin;

/// <summary>The stages and the reference engine side by side: compared after every event.</summary>
internal sealed class TwinRun
{
    // An answer in doubt takes 12 s, two refused cancels 6 s each, and whatever comes late 3 s.
    private const int MostSecondsBarred = 40;

    private readonly int _seed;
    private readonly VenueLoop _loop;
    private readonly ReferenceEngine _reference;
    private readonly List<OrderCommand> _sent = [];
    private readonly TwinProperties _properties;
    private readonly Random _random;
    private TradingEvent _last;

    public TwinRun(int seed)
    {
        _seed = seed;
        World world = World.Draw(seed);
        _loop = new VenueLoop(seed, world, world.Options) { CommandSent = _sent.Add, Feeder = Handle };
        _reference = new ReferenceEngine(world.Portfolio, world.Pairs, world.Options);
        _properties = new TwinProperties(world, _loop, _reference);
        _random = new Random(seed * 17);
    }

    public long Events { get; private set; }

    public TwinCoverage Coverage { get; } = new();

    public TradingPipeline Pipeline => _loop.Pipeline;

    public void Run(int marketEvents)
    {
        try
        {
            for (int i = 0; i < marketEvents; i++)
            {
                _loop.Step();
                CompareWithVenue();
            }
        }
        catch (Exception exception) when (exception is not TwinMismatchException)
        {
            throw Mismatch(
                $"{exception.GetType().Name}: {exception.Message}{Environment.NewLine}{exception.StackTrace}");
        }

        _loop.Pipeline.Stages.CheckCopies();
        Coverage.Count(_loop);
    }

    // When nothing is under way, the venue and the engine hold the same.
    private void CompareWithVenue()
    {
        if (_loop.Buys.Longest > MostSecondsBarred)
        {
            throw Mismatch($"a buy has worked for {_loop.Buys.Longest} s in a mode that lets none");
        }

        for (int product = 0; _loop.IsNetworkQuiet && product < _loop.Pipeline.Pairs.Length; product++)
        {
            long held = _loop.Pipeline.UnsettledStages.Ratchet.Pairs[product].Held;
            long there = _loop.Paper.Ledger.BaseUnits(product) - _loop.GoneCoins(product);
            if (held != there)
            {
                throw Mismatch($"held {held} of pair {product}, the venue says {there}");
            }
        }
    }

    private void Handle(TradingEvent e)
    {
        Events++;
        e.MarketEvent = e.Kind == EventKind.Tick ? 0 : _loop.MarketEvents;
        TradingPipeline pipeline = _loop.Pipeline;
        OrderTable orders = pipeline.UnsettledStages.RiskGate.Gate.Orders;
        int stopsBefore = e.Product < 0 ? 0 : PairSurvey.Of(orders, e.Product).Stops;
        int known = orders.Find(e.OrderSequence);
        OrderState stateBefore = known < 0 ? OrderState.None : orders[known].State;
        long heldBefore = e.Product < 0 ? 0 : pipeline.UnsettledStages.Ratchet.Pairs[e.Product].Held;
        long throughStages = pipeline.UnsettledStages.Unscreened;
        ref TradingEvent slot = ref pipeline.Claim(out long sequence);
        Write(ref slot, in e);
        pipeline.Publish(sequence);
        pipeline.WaitUntilHandled();
        if (pipeline.UnsettledStages.Unscreened == throughStages)
        {
            Coverage.Add("tick that no stage saw");
            slot.StageFlags = (ulong)TickVerdict.Accepted;      // what a stage would have written
            slot.NowNs = pipeline.UnsettledStages.NowNs;
        }

        if (slot.Kind == EventKind.Coins && slot.CoinsLeft)
        {
            _loop.CountGone(e.Product, heldBefore - pipeline.UnsettledStages.Ratchet.Pairs[e.Product].Held);
            Coverage.Add("coins left");
        }

        _last = slot;
        TradingEvent expected = e;
        _reference.Handle(ref expected);
        Compare(in slot, in expected);
        CompareCommands();
        CompareControls();

        // To look at prices is to settle; what is remembered has to survive a while without being looked at.
        string? broken = _properties.Broken(in slot);
        broken ??= _random.Next(8) == 0 ? _properties.BrokenAtNewestPrices() : null;
        if (broken is not null)
        {
            throw Mismatch(broken);
        }

        Coverage.Count(in slot);
        Coverage.Count(in slot, stopsBefore, stateBefore);
        Coverage.Count(in slot, slot.Product < 0 ? null : _reference.State.Pairs[slot.Product]);
    }

    private void Compare(in TradingEvent slot, in TradingEvent expected)
    {
        // A cancel has no prices: what stands in those fields of a tick's slot is left from an earlier event.
        bool isDecided =
            slot.Decision.IsOrder()
            || slot.Kind is EventKind.EntryCommand or EventKind.IntentDurable or EventKind.IntentFailed
            || (slot.Kind == EventKind.Control && slot.Action == ControlAction.ReviewEntry);
        bool same = slot.NowNs == expected.NowNs && HaveSameRequests(in slot, in expected)
            && slot.TickVerdict == expected.TickVerdict && slot.Decision == expected.Decision
            && slot.Verdict == expected.Verdict
            && slot.RatchetRequest == expected.RatchetRequest && slot.RiskRequest == expected.RiskRequest
            && slot.ModeChange == expected.ModeChange
            && (slot.Supervision == expected.Supervision || slot.Kind == EventKind.Tick)
            && (slot.Supervision == SupervisionMark.None || expected.Supervision == SupervisionMark.None
                || (slot.ExitReason == expected.ExitReason && slot.Highest == expected.Highest))
            && (!isDecided || (slot.DecisionLimit == expected.DecisionLimit
                && slot.DecisionQuantity == expected.DecisionQuantity
                && slot.DecisionTrigger == expected.DecisionTrigger))
            && _loop.Pipeline.Hash == _reference.Hash;
        if (!same)
        {
            throw Mismatch(
                $"stages    {Describe(in slot)} hash {_loop.Pipeline.Hash}{Environment.NewLine}"
                + $"reference {Describe(in expected)} hash {_reference.Hash}");
        }
    }

    private static bool HaveSameRequests(in TradingEvent slot, in TradingEvent expected) =>
        (!expected.RiskRequest.HasFlag(StageRequest.ReviewEntry) || slot.ReviewProduct == expected.ReviewProduct)
        && (!expected.RiskRequest.HasFlag(StageRequest.Liquidate)
            || (slot.LiquidateProduct == expected.LiquidateProduct
                && slot.LiquidationReason == expected.LiquidationReason))
        && (expected.Kind != EventKind.Coins || slot.CoinsLeft == expected.CoinsLeft)
        && (expected.Kind != EventKind.OrderReport || slot.FillApplied == expected.FillApplied);

    // As a producer does: a tick writes the first line only, and what an earlier event left in the others must not
    // matter.
    private static void Write(ref TradingEvent slot, in TradingEvent e)
    {
        if (e.Kind != EventKind.Tick)
        {
            slot = e;
            return;
        }

        Span<byte> bytes = MemoryMarshal.AsBytes(new Span<TradingEvent>(ref slot));
        MemoryMarshal.AsBytes(new ReadOnlySpan<TradingEvent>(in e))[..64].CopyTo(bytes);
    }

    private void CompareCommands()
    {
        bool same = _sent.Count == _reference.Commands.Count;
        for (int i = 0; same && i < _sent.Count; i++)
        {
            same = Describe(_sent[i]) == Describe(_reference.Commands[i]);
        }

        if (!same)
        {
            throw Mismatch(
                $"stages sent    [{string.Join("; ", _sent.Select(Describe))}]{Environment.NewLine}"
                + $"reference sent [{string.Join("; ", _reference.Commands.Select(Describe))}]");
        }

        _sent.Clear();
        _reference.Commands.Clear();
    }

    // The controls that Dispatch asked for come back through the loop; the reference must have asked for the same, in
    // the same order.
    private void CompareControls()
    {
        int waiting = _loop.Pipeline.UnsettledStages.Dispatch.Outbox.Count;
        if (waiting == 0)
        {
            _reference.Controls.Clear();
        }
        else if (waiting > _reference.Controls.Count)
        {
            throw Mismatch($"stages wait with {waiting} controls, the reference asked for {_reference.Controls.Count}");
        }
        else
        {
            ControlItem first = _loop.Pipeline.UnsettledStages.Dispatch.Outbox.Peek();
            TradingEvent asked = _reference.Controls[^waiting];
            if ((first.Action, first.Product, first.Parameter, first.Quantity)
                != (asked.Action, asked.Product, asked.Count, asked.Quantity))
            {
                throw Mismatch(
                    $"next control: {first.Action} {first.Product}, "
                    + $"the reference asked for {asked.Action} {asked.Product}");
            }
        }
    }

    private TwinMismatchException Mismatch(string what) => new(
        $"seed {_seed}, event {Events}: {Describe(in _last)}{Environment.NewLine}{what}{Environment.NewLine}"
        + $"repeat: LLP_TWIN_SEED={_seed} dotnet test --project tests/LowLatencyPortfolio.Pipeline.Tests "
        + "--filter-method \"*One_seed*\"");

    private static string Describe(in TradingEvent e) =>
        $"{e.Kind} {(e.Kind == EventKind.OrderReport ? e.Report : e.Kind == EventKind.Control ? e.Action : e.Count)} "
        + $"p{e.Product} price {e.Price} qty {e.Quantity} low {e.Low} order {e.OrderSequence} "
        + $"rel {e.RelatedSequence} cum {e.CumulativeQuantity} at {e.NowNs}: {e.TickVerdict} "
        + $"{e.Decision} t{e.DecisionTrigger} l{e.DecisionLimit} q{e.DecisionQuantity} {e.Verdict} "
        + $"exit {e.ExitReason} sup {e.Supervision} ratchet {e.RatchetRequest} risk {e.RiskRequest} "
        + $"mode {e.ModeChange} h{e.Highest} "
        + $"review {e.ReviewProduct} liq {e.LiquidateProduct} fill {e.FillApplied}";

    private static string Describe(OrderCommand c) =>
        $"{c.Kind} {c.Side} {c.Type} {c.Purpose} p{c.Product} #{c.Sequence} replaces {c.Replaces} "
        + $"limit {c.Limit} trigger {c.Trigger} qty {c.Quantity} at {c.ReleasedAtNs} cause {c.CausedAtNs}";
}
