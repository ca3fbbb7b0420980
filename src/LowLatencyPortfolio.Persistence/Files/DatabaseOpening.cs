using System.Globalization;
using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Pipeline;
using Microsoft.Data.Sqlite;

namespace LowLatencyPortfolio.Persistence;

/// <summary>
/// What happens to a file, under its lock, before the writer opens it: an existing one is looked at, a missing one is
/// made.
/// </summary>
internal static class DatabaseOpening
{
    /// <exception cref="JournalException">The file must not or cannot be used; it is unchanged.</exception>
    public static void Prepare(
        string path, string engineId, JournalOptions options, PortfolioConfig portfolio, IReadOnlyList<PairSetup> pairs)
    {
        FileInfo file = new(path);
        if (file.Exists && file.Length > 0)
        {
            DatabaseInspection.RequireOurs(path, options.CheckUpToBytes);
            RequireCapital(path, portfolio, options.Recapitalize);
            return;
        }

        RequireNoOrphanedLog(path);
        DatabaseCreation.Create(path, connection =>
        {
            DatabaseCreation.WriteMeta(connection, "engine_id", engineId);
            DatabaseCreation.WriteMeta(connection, "epoch", "0");
            ConfigurationTables.CreatePortfolio(connection, portfolio);
            ConfigurationTables.StorePairs(connection, pairs);
            LimitsTable.Store(connection, portfolio, options.TakerFee);
            RebalanceSettings.Store(connection, options.Rebalance);
        });
    }

    private static void RequireCapital(string path, PortfolioConfig portfolio, bool recapitalize)
    {
        using SqliteConnection connection = new(ConnectionTexts.ReadOnly(path));
        try
        {
            connection.Open();
            (decimal capital, string currency) = ConfigurationTables.ReadCapital(connection);
            if (currency != portfolio.QuoteCurrency)
            {
                throw new JournalException(
                    $"{path} is a portfolio in {currency}, the configuration says {portfolio.QuoteCurrency}; "
                    + "give --db another file");
            }

            if (capital != portfolio.TotalCapital && !recapitalize)
            {
                throw new JournalException(string.Create(CultureInfo.InvariantCulture,
                    $"{path} has a capital of {capital} {currency}, the configuration says {portfolio.TotalCapital}; "
                    + $"use that capital, --recapitalize, or give --db another file"));
            }
        }
        catch (SqliteException e)
        {
            throw DatabaseInspection.Refusal(path, e);
        }
    }

    /// <summary>A log without its database would be taken for the new one's.</summary>
    private static void RequireNoOrphanedLog(string path)
    {
        FileInfo log = new(path + "-wal");
        if (log.Exists && log.Length > 0)
        {
            throw new JournalException(
                $"{log.FullName} is left of a database that is gone; put the database back, or delete that file");
        }
    }
}
