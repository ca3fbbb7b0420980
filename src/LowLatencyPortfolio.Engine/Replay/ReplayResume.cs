using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Exchanges;
using LowLatencyPortfolio.Exchanges.Paper;
using LowLatencyPortfolio.Persistence;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Engine.Replay;

/// <summary>
/// Lets a replay's portfolio trade again between two runs: its newest checkpoint, one instruction, its next checkpoint.
/// </summary>
internal static class ReplayResume
{
    /// <returns>The mode it found; the database has the one it left.</returns>
    public static TradingMode Run(ResumeRequest request, PortfolioConfig portfolio, PairSetup[] pairs)
    {
        using StateJournal journal = StateJournal.Open(
            request.DatabasePath, new JournalOptions { TakerFee = request.Paper.TakerFee }, portfolio, pairs);
        PaperExchange paper = new(request.Paper, pairs, portfolio.TotalCapital, new bool[pairs.Length]);
        PipelineOptions options = new() { TakerFee = request.Paper.TakerFee };
        using TradingPipeline pipeline = new(options, portfolio, pairs, paper, journal);
        ReplayFeeder feeder = new(pipeline, paper, journal, new EndedFeed(), []);
        ReplayState state = new(pairs, pipeline, paper, feeder);
        CheckpointRow checkpoint = journal.ReopenReplay(row => state.Restore(row.State, sameInput: true));
        TradingMode before = ModeIn(journal);
        if (before != TradingMode.Trading)
        {
            pipeline.Start();
            feeder.Instruct(request.Rebase ? ControlAction.ResumeRebased : ControlAction.Resume);
            pipeline.JournalOpenPositions();
            journal.WriteCheckpoint(state.Take(), checkpoint.Position, checkpoint.Finished);
        }

        journal.Complete();
        return before;
    }

    private static TradingMode ModeIn(StateJournal journal)
    {
        using PortfolioDatabase database = PortfolioDatabase.OpenReadOnly(journal.Path);
        return database.Portfolio().Mode;
    }

    private sealed class EndedFeed : IMarketFeed
    {
        public bool TryRead(out MarketTick tick)
        {
            tick = default;
            return false;
        }
    }
}
