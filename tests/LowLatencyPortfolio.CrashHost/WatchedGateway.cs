using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Exchanges;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.CrashHost;

/// <summary>
/// The venue as the engine sees it: commands before they leave, reports before and after they are taken.
/// </summary>
internal sealed class WatchedGateway(IRecoverableGateway gateway, CrashPlan plan) : IRecoverableGateway, IDisposable
{
    public string Venue => gateway.Venue;

    public Action? Wake
    {
        get => gateway.Wake;
        set => gateway.Wake = value;
    }

    public long NextDueNs => gateway.NextDueNs;

    public bool IsInDoubt => gateway.IsInDoubt;

    public ReadOnlySpan<TradingEvent> Reports => gateway.Reports;

    public void Submit(in OrderCommand command)
    {
        // Sells leave before their row is queued; these points lie behind its commit, so the command is kept back.
        bool isKept = command.Purpose switch
        {
            OrderPurpose.Stop when command.Kind == OrderCommandKind.Replace => plan.Is("19") || plan.Is("19 late"),
            OrderPurpose.Stop => plan.Is("17") || plan.Is("17 fallen"),
            OrderPurpose.Reduce => plan.Is("02 reduce") || plan.Is("17 reduce"),
            _ => false,
        };
        if (!isKept)
        {
            gateway.Submit(in command);
        }
    }

    public bool Poll(long nowNs)
    {
        bool any = gateway.Poll(nowNs);
        plan.At("09", Has(ReportKind.Ack, OrderSide.Buy));
        plan.At("13", Has(ReportKind.Fill, OrderSide.Buy));
        plan.At("13 reduce", Has(ReportKind.Fill, OrderSide.Sell));
        return any;
    }

    public void ClearReports()
    {
        plan.At("10", Has(ReportKind.Ack, OrderSide.Buy));
        gateway.ClearReports();
    }

    public void OnTick(in MarketTick tick) => gateway.OnTick(in tick);

    public async Task<VenuePortfolio> LookAsync(
        string engineId, long since, long fillsSince, CancellationToken cancel)
    {
        VenuePortfolio look = await gateway.LookAsync(engineId, since, fillsSince, cancel).ConfigureAwait(false);
        plan.At("25");
        return look;
    }

    public void Adopt(AdoptedPortfolio portfolio)
    {
        gateway.Adopt(portfolio);
        plan.At("31");
    }

    public void Identify(string engineId, long epoch)
    {
        plan.At("32");
        gateway.Identify(engineId, epoch);
    }

    public void Save(CheckpointWriter writer)
    {
        gateway.Save(writer);
        plan.At("30");
    }

    public void Restore(CheckpointReader reader) => gateway.Restore(reader);

    public void Dispose() => (gateway as IDisposable)?.Dispose();

    private bool Has(ReportKind kind, OrderSide side)
    {
        foreach (ref readonly TradingEvent report in gateway.Reports)
        {
            if (report.Kind == EventKind.OrderReport && report.Report == kind && report.Side == side)
            {
                return true;
            }
        }

        return false;
    }
}
