using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Exchanges;
using LowLatencyPortfolio.Persistence;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Engine;

/// <summary>Compares a database with its venue without acting: what a start would find, and do.</summary>
/// <remarks>
/// Thread: any. Refused while an engine runs on the database: what is under way would look like a difference.
/// </remarks>
public static class SessionReconciliation
{
    /// <summary>Makes the venue of the options, looks, and reports; nothing is written or sent.</summary>
    /// <param name="options">As for the engine: database, venue, clock.</param>
    /// <param name="pairs">As for the engine.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>The differences.</returns>
    /// <exception cref="JournalException">
    /// The database cannot be read, is of other pairs, or an engine runs on it.
    /// </exception>
    /// <exception cref="ReconcileException">
    /// The venue cannot be asked or does not answer within <see cref="TradingEngineOptions.ReconcileTimeout"/>, or it
    /// and the database contradict each other.
    /// </exception>
    /// <exception cref="ArgumentException">The options name no database.</exception>
    public static async Task<ReconcileReport> ReportAsync(
        TradingEngineOptions options, IEnumerable<(ProductSpec Product, PairConfig Config)> pairs,
        CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentException.ThrowIfNullOrEmpty(options.DatabasePath, nameof(options));
        if (PortfolioDatabase.IsInUse(options.DatabasePath))
        {
            throw new JournalException($"{options.DatabasePath} is in use by an engine; stop that one to compare");
        }

        PairSetup[] setups = PairSetup.Arrange(pairs);
        StoredSession session;
        using (PortfolioDatabase database = PortfolioDatabase.OpenReadOnly(options.DatabasePath))
        {
            session = SessionRecovery.Read(database, setups);
        }

        IOrderGateway gateway = EngineSession.GatewayOf(options, setups);
        try
        {
            if (gateway is not IRecoverableGateway recoverable)
            {
                throw new ReconcileException("this venue cannot be asked what became of our orders");
            }

            return (await SessionReconciler
                .RunAsync(session, setups, recoverable, options, cancel).ConfigureAwait(false)).Report;
        }
        finally
        {
            (gateway as IDisposable)?.Dispose();
        }
    }
}
