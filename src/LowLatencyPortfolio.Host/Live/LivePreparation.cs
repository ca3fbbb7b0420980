using LowLatencyPortfolio.Engine.Replay;
using LowLatencyPortfolio.Exchanges.Coinbase;
using LowLatencyPortfolio.Exchanges.Coinbase.Feed;
using LowLatencyPortfolio.Exchanges.Paper;
using LowLatencyPortfolio.Host.CommandLine;
using LowLatencyPortfolio.Host.Configuration;
using LowLatencyPortfolio.Host.Entries;
using LowLatencyPortfolio.Host.Run;
using LowLatencyPortfolio.Persistence;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Host.Live;

/// <summary>
/// Makes a live run of what was read: asks the venue for grids and, when it trades there, for the account.
/// </summary>
/// <param name="inputs">From this machine.</param>
/// <param name="faults">Takes every fault; while there are any, there is no run.</param>
/// <param name="notes">Takes what a user should know although nothing is wrong.</param>
internal sealed class LivePreparation(LiveInputs inputs, FaultLines faults, List<string> notes)
{
    private const int FeeDecimals = 6;
    private const long NsPerTick = 100;
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(30);

    /// <summary>Asks and checks.</summary>
    /// <param name="options">From the command line.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>The run; null when there are faults.</returns>
    /// <exception cref="QueryException">The venue did not answer.</exception>
    /// <exception cref="JournalException">The database cannot be read.</exception>
    public async Task<LiveRequest?> PrepareAsync(RunOptions options, CancellationToken cancel)
    {
        RunConfiguration configuration = inputs.Configuration;
        IReadOnlyList<CoinbaseListing> listings = await ListingsAsync(cancel).ConfigureAwait(false);
        PairSetup[] pairs = VenueProducts.Resolve(configuration, listings, faults, notes);
        AccountFacts? account = await AccountAsync(listings, options.Database, cancel).ConfigureAwait(false);
        ScriptedCommand[] entries = options.Signals || options.Reconcile is not null
            ? []
            : Entries(options.Entries, pairs);
        if (options.Signals)
        {
            notes.Add(RunSignals.Note(configuration.Signals));
        }

        if (RunRebalance.Note(configuration.Rebalance) is { } note)
        {
            notes.Add(note);
        }

        if (LiveArguments.SourceOf(options) == CoinbaseFeedSource.ExchangeMatches)
        {
            notes.Add("--source matches: trades that a connection missed do not come again"
                + (account is null ? string.Empty : ", and a change of a product is seen up to a minute later"));
        }

        return faults.AreEmpty
            ? new LiveRequest
            {
                Portfolio = configuration.Portfolio,
                Paper = account is null ? configuration.Paper : WithFees(configuration.Paper, account.Fees),
                Pairs = pairs,
                Entries = entries,
                Signals = options.Signals ? configuration.Signals : null,
                Rebalance = configuration.Rebalance,
                Endpoints = inputs.Endpoints,
                Source = LiveArguments.SourceOf(options),
                Credentials = inputs.Credentials,
                Account = account,
                DatabasePath = RunFiles.Database(options.Database),
                RecordPath = options.Record is null ? null : Path.GetFullPath(options.Record),
                Topology = options.TopologyGiven ? options.Topology : Topology.Fused,
                BusyPoll = options.Poll == LiveArguments.Busy,
                Length = LiveArguments.LengthOf(options),
            }
            : null;
    }

    // On paper with every grid configured the venue is asked for nothing but prices.
    private async Task<IReadOnlyList<CoinbaseListing>> ListingsAsync(CancellationToken cancel)
    {
        string[] wanted = [.. inputs.Configuration.Pairs.Select(pair => pair.ProductId)];
        bool isKnown = wanted.All(id => inputs.Configuration.Products.Any(product => product.ProductId == id));
        return isKnown && inputs.Credentials is null
            ? []
            : await PublicListings.ReadAsync(inputs.Endpoints.Rest, wanted, AnswerTimeout, cancel)
                .ConfigureAwait(false);
    }

    private async Task<AccountFacts?> AccountAsync(
        IReadOnlyList<CoinbaseListing> listings, string? database, CancellationToken cancel)
    {
        if (inputs.Credentials is not { } credentials)
        {
            return null;
        }

        using CoinbaseQueries queries = new(inputs.Endpoints, credentials, TimeProvider.System, AnswerTimeout);
        return await new AccountReview(queries, TimeProvider.System, faults, notes)
            .LookAsync(inputs.Configuration.Portfolio, PortfolioSoFar.Read(database, listings), cancel)
            .ConfigureAwait(false);
    }

    // The higher of what the venue takes and what is configured; never reckoned too low by rounding.
    private static PaperConfig WithFees(PaperConfig configured, FeeRates venue) => configured with
    {
        MakerFee = Math.Max(configured.MakerFee, Up(venue.Maker)),
        TakerFee = Math.Max(configured.TakerFee, Up(venue.Taker)),
    };

    private static decimal Up(decimal rate) => decimal.Round(rate, FeeDecimals, MidpointRounding.ToPositiveInfinity);

    private ScriptedCommand[] Entries(string? file, PairSetup[] pairs)
    {
        if (file is null)
        {
            notes.Add("no scripted entries (--entries): nothing will be bought");
            return [];
        }

        IReadOnlyList<ScriptedCommand> all = ScriptedEntries.Load(file, pairs, faults);
        long nowNs = (DateTimeOffset.UtcNow - DateTimeOffset.UnixEpoch).Ticks * NsPerTick;
        ScriptedCommand[] coming = [.. all.Where(entry => entry.TimeNs > nowNs)];
        if (coming.Length < all.Count)
        {
            notes.Add($"{file}: entries whose time is already past, not submitted: {all.Count - coming.Length}");
        }

        return coming;
    }
}
