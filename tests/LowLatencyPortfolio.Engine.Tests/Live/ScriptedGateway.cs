using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using LowLatencyPortfolio.Exchanges;
using LowLatencyPortfolio.Exchanges.Paper;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Engine.Tests;

/// <summary>
/// The real paper venue with a hand on it: it can keep its reports back, refuse orders, stand still or break.
/// </summary>
internal sealed class ScriptedGateway(PaperGateway venue) : IOrderGateway
{
    private readonly ConcurrentQueue<OrderCommand> _refused = new();
    private readonly List<TradingEvent> _reports = [];

    public ScriptedGateway(IReadOnlyList<PairSetup> pairs)
        : this(Market.Paper(pairs))
    {
    }

    public ConcurrentQueue<OrderCommand> Sent { get; } = new();

    /// <summary>Called on Dispatch's thread for every command; may block it or throw.</summary>
    public Action<OrderCommand>? OnSubmit { get; set; }

    /// <summary>Orders the venue does not take.</summary>
    public Func<OrderCommand, bool> Refuses { get; set; } = _ => false;

    /// <summary>Why it does not.</summary>
    public RejectReason Refusal { get; set; } = RejectReason.ProductState;

    public volatile bool HoldsReports;

    public volatile bool BreaksAtNextTick;

    public volatile bool BreaksAtNextPoll;

    public Action? Wake
    {
        get => venue.Wake;
        set => venue.Wake = value;
    }

    public long NextDueNs => venue.NextDueNs;

    public ReadOnlySpan<TradingEvent> Reports => HoldsReports ? [] : CollectionsMarshal.AsSpan(_reports);

    /// <summary>What the engine said it is.</summary>
    public (string EngineId, long Epoch) Identity { get; private set; }

    public void Identify(string engineId, long epoch) => Identity = (engineId, epoch);

    public void Submit(in OrderCommand command)
    {
        Sent.Enqueue(command);
        OnSubmit?.Invoke(command);
        if (command.Kind != OrderCommandKind.Cancel && Refuses(command))
        {
            _refused.Enqueue(command);
            Wake?.Invoke();
        }
        else
        {
            venue.Submit(in command);
        }
    }

    public bool Poll(long nowNs)
    {
        if (BreaksAtNextPoll)
        {
            throw new InvalidOperationException("the venue broke");
        }

        bool moved = venue.Poll(nowNs);
        Gather();
        while (_refused.TryDequeue(out OrderCommand command))
        {
            _reports.Add(RejectionOf(command, nowNs));
            moved = true;
        }

        return moved;
    }

    public void OnTick(in MarketTick tick)
    {
        if (BreaksAtNextTick)
        {
            throw new InvalidOperationException("the venue broke");
        }

        venue.OnTick(in tick);
        Gather();
    }

    public void ClearReports() => _reports.Clear();

    public void Save(CheckpointWriter writer) => venue.Save(writer);

    public void Restore(CheckpointReader reader) => venue.Restore(reader);

    private TradingEvent RejectionOf(in OrderCommand command, long nowNs) => new()
    {
        Kind = EventKind.OrderReport,
        Report = ReportKind.Rejected,
        Count = 1,
        Product = command.Product,
        OrderSequence = command.Sequence,
        ReceivedAtNs = nowNs,
        Price = command.Limit,
        Low = command.Trigger,
        Quantity = command.Quantity,
        Side = command.Side,
        OrderType = command.Type,
        Reason = Refusal,
    };

    private void Gather()
    {
        foreach (TradingEvent report in venue.Reports)
        {
            _reports.Add(report);
        }

        venue.ClearReports();
    }
}
