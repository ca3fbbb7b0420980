using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Engine.Replay;
using LowLatencyPortfolio.Persistence;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Engine;

/// <summary>
/// Lets a portfolio that was stopped, or whose entries wait for a person, trade again, while no engine runs on its
/// database.
/// </summary>
/// <remarks>
/// Thread: the calling one; a live state is started and stopped in order for it. Refused while equity is at or below
/// the loss limit, unless it is rebased. Source: SPEC 6 and 10.
/// </remarks>
public static class PortfolioResume
{
    /// <summary>Gives the instruction to what is stored, and stores what comes of it.</summary>
    /// <param name="request">Which portfolio.</param>
    /// <returns>The modes before and after; nothing is changed when it was trading already.</returns>
    /// <exception cref="JournalException">
    /// The database cannot be used, holds nothing that has begun, or a session that did not stop in order or traded on
    /// another venue than paper; the message is for a person.
    /// </exception>
    /// <exception cref="ConfigurationException">The limits have faults.</exception>
    public static ResumeResult Run(ResumeRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        (PortfolioRow row, bool isLive, (ProductSpec, PairConfig)[] pairs) = Look(request.DatabasePath);
        PortfolioConfig portfolio = request.Portfolio
            ?? new PortfolioConfig { TotalCapital = row.TotalCapital, QuoteCurrency = row.QuoteCurrency };
        bool isAllowed = AllowEntries(request.DatabasePath, pairs);
        TradingMode before = isLive
            ? ResumeLive(request, portfolio, pairs, row.Mode)
            : ReplayResume.Run(request, portfolio, PairSetup.Arrange(pairs));
        using PortfolioDatabase database = PortfolioDatabase.OpenReadOnly(request.DatabasePath);
        PortfolioRow after = database.Portfolio();
        decimal floor = after.BreakerBase * (1m + (portfolio.EmergencyLiquidationLossPct / 100m));
        return new ResumeResult(
            before, after.Mode, after.Equity, after.BreakerBase, floor, after.QuoteCurrency)
        {
            EntriesAllowed = isAllowed,
        };
    }

    // A row is all that keeps them: no engine is needed, wherever the portfolio trades.
    private static bool AllowEntries(string path, (ProductSpec Product, PairConfig Config)[] pairs)
    {
        LimitsRow limits;
        using (PortfolioDatabase database = PortfolioDatabase.OpenReadOnly(path))
        {
            if (StandingHalt.Read(database) is null)
            {
                return false;
            }

            limits = database.Limits();
        }

        using StateJournal journal = StateJournal.Open(
            path, new JournalOptions { TakerFee = limits.TakerFee }, limits.Portfolio, PairSetup.Arrange(pairs));
        journal.Append(new StateChange
        {
            Kind = StateChangeKind.History,
            Action = HistoryAction.EntriesAllowed,
            Product = -1,
            TimeNs = EngineLoop.NowNs(TimeProvider.System),
            EndOfEvent = true,
        });
        journal.Complete();
        return true;
    }

    private static (PortfolioRow Row, bool IsLive, (ProductSpec Product, PairConfig Config)[] Pairs) Look(string path)
    {
        using PortfolioDatabase database = PortfolioDatabase.OpenReadOnly(path);
        (ProductSpec Product, PairConfig Config)[] pairs = [.. database.Pairs()];
        if (database.LatestCheckpoint() is { } checkpoint)
        {
            // The database also keeps pairs that only an earlier start had.
            HashSet<string> stored = [.. StoredPairs.NamesOf(checkpoint.State)];
            pairs = [.. pairs.Where(pair => stored.Contains(pair.Product.ProductId))];
        }

        return (database.Portfolio(), database.Meta().GetValueOrDefault("epoch") is not (null or "0"), pairs);
    }

    private static TradingMode ResumeLive(
        ResumeRequest request, PortfolioConfig portfolio, (ProductSpec, PairConfig)[] pairs, TradingMode stored)
    {
        if (stored == TradingMode.Trading)
        {
            return stored;
        }

        TradingEngineOptions options = new()
        {
            Portfolio = portfolio, Paper = request.Paper, DatabasePath = request.DatabasePath,
            Topology = Topology.Inline, RequireCleanStop = true,
        };
        using TradingEngine engine = new(options, pairs);
        engine.Start();
        engine.ControlAsync(request.Rebase ? ControlAction.ResumeRebased : ControlAction.Resume)
            .GetAwaiter().GetResult();
        engine.StopAsync().GetAwaiter().GetResult();
        return stored;
    }
}
