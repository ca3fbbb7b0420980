using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Pipeline.Tests.Reference;
using LowLatencyPortfolio.Pipeline.Tests.Simulation;

namespace LowLatencyPortfolio.Pipeline.Tests.Twin;

/// <summary>Counts what happened, so that a run in which nothing happened cannot pass.</summary>
internal sealed class TwinCoverage
{
    public Dictionary<string, long> Counts { get; } = [];

    public void Count(in TradingEvent e)
    {
        Add($"kind {e.Kind}");
        if (e.Kind == EventKind.Tick)
        {
            Add($"tick {e.TickVerdict}");
        }

        if (e.Kind == EventKind.OrderReport)
        {
            Add($"report {e.Report}");
        }

        if (e.Kind == EventKind.Control)
        {
            Add($"control {e.Action}");
        }

        if (e.Decision != DecisionKind.None)
        {
            Add($"decision {e.Decision}");
        }

        if (e.Verdict != RiskVerdict.None)
        {
            Add($"verdict {e.Verdict}");
        }

        if (e.ModeChange != 0)
        {
            Add($"mode {(TradingMode)(e.ModeChange - 1)}");
        }

        if (e.Supervision == SupervisionMark.Exiting)
        {
            Add($"exit {e.ExitReason}");
        }
    }

    /// <summary>What only the state of the pair's protection tells.</summary>
    public void Count(in TradingEvent e, int stopsBefore, OrderState stateBefore)
    {
        AddIf(e.Decision == DecisionKind.PlaceStop && stopsBefore is > 0 and < 4, "additional stop");
        AddIf(e.Decision == DecisionKind.ReplaceStop && stopsBefore >= 4, "stops merged");
        AddIf(e.Supervision == SupervisionMark.ReductionEnded, "reduction ended before its sell");
        AddIf(e.TickVerdict == TickVerdict.AcceptedRange && e.Count == 1, "held tick confirmed");
        bool isFill = e.Kind == EventKind.OrderReport && e.Report == ReportKind.Fill;
        AddIf(isFill && e.FillApplied && OrderTransitions.IsFinal(stateBefore), "fill applied late");
        AddIf(isFill && !e.FillApplied, "fill seen twice");
    }

    /// <summary>What the reference alone says about the pair.</summary>
    public void Count(in TradingEvent e, ReferencePair? pair)
    {
        bool isContested = pair is { ContestedCoins: > 0m };
        AddIf(isContested && e.Decision == DecisionKind.PlaceStop, "stop beside contested coins");
        AddIf(isContested && e.Decision.IsExit(), "exit beside contested coins");
        bool isRefused =
            e is { Kind: EventKind.OrderReport, Report: ReportKind.Rejected, OrderType: OrderType.StopLimit };
        bool ends = isRefused && e.ExitReason == ExitReason.NakedTooLong;
        AddIf(ends && e.Reason == RejectReason.KindRefused, "stop of a kind that is not taken");
        AddIf(ends && e.Reason == RejectReason.InvalidOrder, "stop invalid twice");
        AddIf(e.Decision == DecisionKind.CancelExit && pair!.IsSellingPart, "sell of a part overdue");
        bool isTold = (e.RatchetRequest & StageRequest.TellNaked) != 0 && e.Kind == EventKind.Control;
        AddIf(isTold && e.Supervision == SupervisionMark.Exiting, "naked alarm of an exit");
        AddIf(isTold && e.Supervision == SupervisionMark.Protected && pair!.State == StopState.Resting, "part naked");
        AddIf(isTold && pair!.BlindSinceNs != 0, "naked alarm without prices");
        AddIf(e.Kind == EventKind.Coins && e.Decision == DecisionKind.PlaceStop, "stop for coins that are free again");
        AddIf(e.Kind == EventKind.Coins && e.Decision.IsExit(), "exit of coins that are free again");
    }

    public void Count(VenueLoop loop)
    {
        PipelineCounters counters = loop.Pipeline.Counters;
        AddIf(counters.BreakerTrips > 0, "breaker trips");
        Add("stops replaced", counters.StopsReplaced);
        Add("exits", counters.Exits);
        Add("fills", counters.Fills);
        Add("ticks", counters.Ticks);
        Add("ticks woken", counters.TicksWoken);
        AddIf(counters.NakedAlarms > 0, "naked alarm");
        Add("buy overtaken by the mode", loop.Buys.Overtaken);
        AddIf(loop.Tape.Seen.Contains(HistoryAction.StopTaken), "stop taken twice");
        AddIf(loop.Tape.Seen.Contains(HistoryAction.CoinsContested), "coins contested");
    }

    public void Add(TwinCoverage other)
    {
        foreach ((string what, long count) in other.Counts)
        {
            Add(what, count);
        }
    }

    private void AddIf(bool happened, string what)
    {
        if (happened)
        {
            Add(what);
        }
    }

    public void Add(string what, long count = 1) => Counts[what] = Counts.GetValueOrDefault(what) + count;
}
