using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Exchanges.Paper;

/// <summary>
/// The paper exchange driven in real time: commands take effect by the engine's clock, ticks are matched before the
/// engine sees them.
/// </summary>
/// <param name="exchange">The venue; nobody else drives it.</param>
/// <remarks>
/// Thread: as <see cref="IOrderGateway"/> says. Allocation: none after warm-up. Source: SPEC 12. A
/// crash ends the paper venue with its program, and its orders with it; the coins of the positions that were written
/// down are put back, so that they can be protected and sold.
/// </remarks>
public sealed class PaperGateway(PaperExchange exchange) : IRecoverableGateway
{
    /// <summary>What the paper exchange is called where venues are named.</summary>
    public const string VenueName = "paper";

    /// <inheritdoc/>
    public string Venue => VenueName;

    /// <inheritdoc/>
    public Action? Wake { get; set; }

    /// <inheritdoc/>
    public long NextDueNs => exchange.NextDueNs;

    /// <inheritdoc/>
    public ReadOnlySpan<TradingEvent> Reports => exchange.Reports;

    /// <summary>
    /// The venue itself, for its account and its counts; read it on the engine's thread or after the engine has
    /// stopped.
    /// </summary>
    public PaperExchange Exchange => exchange;

    /// <inheritdoc/>
    public void Identify(string engineId, long epoch)
    {
        // Nobody else trades here: our own order numbers are enough.
    }

    /// <inheritdoc/>
    public void Submit(in OrderCommand command)
    {
        exchange.Submit(in command);
        Wake?.Invoke();
    }

    /// <inheritdoc/>
    public bool Poll(long nowNs)
    {
        int moved = exchange.TakeInbox();
        return exchange.NextDueNs <= nowNs ? moved + exchange.Deliver(nowNs) > 0 : moved > 0;
    }

    /// <inheritdoc/>
    public void OnTick(in MarketTick tick) => exchange.Match(in tick);

    /// <inheritdoc/>
    public void ClearReports() => exchange.ClearReports();

    /// <inheritdoc/>
    public Task<VenuePortfolio> LookAsync(
        string engineId, long since, long fillsSince, CancellationToken cancel) =>
        Task.FromResult(new VenuePortfolio { IsAnew = true });

    /// <inheritdoc/>
    public void Adopt(AdoptedPortfolio portfolio) => exchange.BeginAnew(portfolio);

    /// <inheritdoc/>
    public void Save(CheckpointWriter writer) => exchange.WriteCheckpoint(writer);

    /// <inheritdoc/>
    public void Restore(CheckpointReader reader) => exchange.ReadCheckpoint(reader);
}
