using LowLatencyPortfolio.Exchanges;
using LowLatencyPortfolio.Exchanges.Paper;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Engine.Tests.Recovery;

/// <summary>A paper venue at which the engine breaks off when it is told to, as if its program had been
/// killed.</summary>
internal sealed class BreakingPaper(PaperGateway paper) : IRecoverableGateway
{
    public volatile bool Breaks;

    public string Venue => paper.Venue;

    public Action? Wake
    {
        get => paper.Wake;
        set => paper.Wake = value;
    }

    public long NextDueNs => paper.NextDueNs;

    public ReadOnlySpan<TradingEvent> Reports => paper.Reports;

    public Task<VenuePortfolio> LookAsync(
        string engineId, long since, long fillsSince, CancellationToken cancel) =>
        paper.LookAsync(engineId, since, fillsSince, cancel);

    public void Adopt(AdoptedPortfolio portfolio) => paper.Adopt(portfolio);

    public void Identify(string engineId, long epoch) => paper.Identify(engineId, epoch);

    public void Submit(in OrderCommand command) => paper.Submit(in command);

    public bool Poll(long nowNs) =>
        Breaks ? throw new InvalidOperationException("killed") : paper.Poll(nowNs);

    public void OnTick(in MarketTick tick) => paper.OnTick(in tick);

    public void ClearReports() => paper.ClearReports();

    public void Save(CheckpointWriter writer) => paper.Save(writer);

    public void Restore(CheckpointReader reader) => paper.Restore(reader);
}
