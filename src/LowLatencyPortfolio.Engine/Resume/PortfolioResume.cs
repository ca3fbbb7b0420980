using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Engine.Replay;
using LowLatencyPortfolio.Exchanges.Paper;
using LowLatencyPortfolio.Persistence;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Engine;

/// <summary>
/// Lets a portfolio that was stopped, or whose entries wait for a person, trade again, while no engine runs on its
/// database.
/// </summary>
/// <remarks>
/// Thread: the calling one; a live state on paper is started and stopped in order for it. At a venue only the
/// next start can do it, because stops and orders may have changed since: it is asked for by a row of history. Refused
/// while equity is at or below the loss limit, unless it is rebased. Source: SPEC 6 and 10.
/// </remarks>
public static class PortfolioResume
{
    /// <summary>Gives the instruction to what is stored, and stores what comes of it.</summary>
    /// <param name="request">Which portfolio.</param>
    /// <returns>The modes before and after; nothing is changed when it was trading already.</returns>
    /// <exception cref="JournalException">
    /// The database cannot be used, holds nothing that has begun, or a paper session that did not stop in order; the
    /// message is for a person.
    /// </exception>
    /// <exception cref="ConfigurationException">The limits have faults.</exception>
    public static ResumeResult Run(ResumeRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        (PortfolioRow row, bool isLive, bool isAtVenue, (ProductSpec, PairConfig)[] pairs) =
            Look(request.DatabasePath);
        PortfolioConfig portfolio = request.Portfolio ?? LimitsIn(request.DatabasePath).Portfolio;
        bool isAllowed = AllowEntries(request.DatabasePath, pairs);
        if (isAtVenue)
        {
            return AskNextStart(request, portfolio, pairs) with { EntriesAllowed = isAllowed };
        }

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
        using (PortfolioDatabase database = PortfolioDatabase.OpenReadOnly(path))
        {
            if (StandingHalt.Read(database) is null)
            {
                return false;
            }
        }

        Write(path, pairs, HistoryAction.EntriesAllowed);
        return true;
    }

    private static ResumeResult AskNextStart(
        ResumeRequest request, PortfolioConfig portfolio, (ProductSpec Product, PairConfig Config)[] pairs)
    {
        PortfolioRow row;
        decimal equity;
        using (PortfolioDatabase database = PortfolioDatabase.OpenReadOnly(request.DatabasePath))
        {
            row = database.Portfolio();
            equity = PortfolioPicture.Read(database).Metrics.Equity;
        }

        decimal breakerBase = request.Rebase ? equity : row.BreakerBase;
        decimal floor = breakerBase * (1m + (portfolio.EmergencyLiquidationLossPct / 100m));
        bool isAsked = row.Mode != TradingMode.Trading && equity > floor;
        if (isAsked)
        {
            Write(
                request.DatabasePath, pairs,
                request.Rebase ? HistoryAction.ResumeRebasedAsked : HistoryAction.ResumeAsked);
        }

        return new ResumeResult(row.Mode, row.Mode, equity, breakerBase, floor, row.QuoteCurrency)
        {
            IsLeftToNextStart = isAsked,
        };
    }

    private static void Write(
        string path, (ProductSpec Product, PairConfig Config)[] pairs, HistoryAction action)
    {
        LimitsRow limits = LimitsIn(path);
        using StateJournal journal = StateJournal.Open(
            path, new JournalOptions { TakerFee = limits.TakerFee }, limits.Portfolio, PairSetup.Arrange(pairs));
        journal.Append(new StateChange
        {
            Kind = StateChangeKind.History,
            Action = action,
            Product = -1,
            TimeNs = EngineLoop.NowNs(TimeProvider.System),
            EndOfEvent = true,
        });
        journal.Complete();
    }

    private static LimitsRow LimitsIn(string path)
    {
        using PortfolioDatabase database = PortfolioDatabase.OpenReadOnly(path);
        return database.Limits();
    }

    private static (PortfolioRow Row, bool IsLive, bool IsAtVenue, (ProductSpec Product, PairConfig Config)[] Pairs)
        Look(string path)
    {
        using PortfolioDatabase database = PortfolioDatabase.OpenReadOnly(path);
        (ProductSpec Product, PairConfig Config)[] pairs = [.. database.Pairs()];
        if (database.LatestCheckpoint() is { } checkpoint)
        {
            // The database also keeps pairs that only an earlier start had.
            HashSet<string> stored = [.. StoredPairs.NamesOf(checkpoint.State)];
            pairs = [.. pairs.Where(pair => stored.Contains(pair.Product.ProductId))];
        }

        IReadOnlyDictionary<string, string> meta = database.Meta();
        bool isLive = meta.GetValueOrDefault("epoch") is not (null or "0");
        bool isAtVenue = isLive && meta.GetValueOrDefault("venue") is not (null or "" or PaperGateway.VenueName);
        return (database.Portfolio(), isLive, isAtVenue, pairs);
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
