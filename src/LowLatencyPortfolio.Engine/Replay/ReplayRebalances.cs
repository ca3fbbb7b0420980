using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Engine.Replay;

/// <summary>
/// The rebalances of a replay: looked at where an interval of event time ends, when all else has come to rest, so that
/// a repeat is exact.
/// </summary>
/// <remarks>Thread: the feeder's; the looking itself is done on one of its own.</remarks>
internal sealed class ReplayRebalances : IDisposable
{
    private readonly RebalanceDesk _desk;
    private readonly SideThread _side;
    private PortfolioBoard? _board;
    private PortfolioSnapshot? _snapshot;
    private long _nowNs;

    public ReplayRebalances(PairSetup[] pairs, PortfolioConfig config, decimal takerFee, RebalanceOptions options)
    {
        _desk = new RebalanceDesk(pairs, config, takerFee, options);
        _side = new SideThread("llp rebalance", Look);
    }

    /// <summary>What the last look ordered; the feeder publishes and clears it.</summary>
    public List<RebalanceOrder> Orders { get; } = new(64);

    /// <summary>Where the portfolio is read; before the first look.</summary>
    public void Attach(PortfolioBoard board)
    {
        _board = board;
        _snapshot = board.NewSnapshot();
    }

    /// <summary>Looks if an interval has ended; at quiescence.</summary>
    /// <param name="nowNs">Event time, ns UTC.</param>
    /// <returns>Whether there is anything to publish.</returns>
    /// <exception cref="InvalidOperationException">The look failed.</exception>
    public bool Judge(long nowNs)
    {
        if (!_desk.IsDue(nowNs))
        {
            return false;
        }

        _nowNs = nowNs;
        return _side.Do() is { } fault
            ? throw new InvalidOperationException("the rebalance could not be looked at", fault)
            : Orders.Count > 0;
    }

    public void Save(CheckpointWriter writer) => _desk.Save(writer);

    public void Restore(CheckpointReader reader) => _desk.Restore(reader);

    public void Dispose() => _side.Dispose();

    private void Look()
    {
        _board!.Read(_snapshot!);
        Orders.AddRange(_desk.Close(_snapshot!, _nowNs));
    }
}
