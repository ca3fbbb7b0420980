using LowLatencyPortfolio.Exchanges.Coinbase;
using LowLatencyPortfolio.Host.CommandLine;
using LowLatencyPortfolio.Host.Configuration;
using LowLatencyPortfolio.Host.Run;

namespace LowLatencyPortfolio.Host.Live;

/// <summary>Reads configuration, addresses and key, and tells every fault of them at once.</summary>
/// <param name="faults">Takes the faults.</param>
/// <param name="notes">Takes what a user should know although nothing is wrong.</param>
/// <param name="environment">Looks an environment variable up.</param>
internal sealed class LiveInputReview(
    FaultLines faults, ICollection<string> notes, Func<string, string?> environment)
{
    /// <summary>Reads everything.</summary>
    /// <param name="options">Faultless by themselves.</param>
    /// <returns>What was read, its credentials to be disposed; null when there are faults.</returns>
    public LiveInputs? Read(RunOptions options)
    {
        bool atVenue = options.Gateway == LiveArguments.Coinbase;
        string file = options.Config!;
        RunConfiguration? configuration = ConfigurationFile.Load(file, faults);
        if (configuration is not null)
        {
            CheckConfiguration(file, configuration, atVenue);
        }

        CoinbaseEndpoints? endpoints = Endpoints(options.Endpoints);
        if (endpoints is not null && atVenue)
        {
            CheckAddresses(options, endpoints);
        }

        RunFiles.CheckTarget(
            "--json", options.JsonToOutput ? null : options.Json, ", or - for standard output", faults);
        RunFiles.CheckTarget("--record", options.Record, string.Empty, faults);
        CoinbaseCredentials? credentials = atVenue ? Key(options.KeyFile) : null;
        if (faults.AreEmpty && configuration is not null && endpoints is not null)
        {
            return new LiveInputs(configuration, endpoints, credentials);
        }

        credentials?.Dispose();
        return null;
    }

    private void CheckConfiguration(string file, RunConfiguration configuration, bool atVenue)
    {
        if (configuration.Pairs.Count == 0)
        {
            faults.Add(
                file, """pairs names no product; a live feed needs at least one, such as { "productId": "BTC-USD" }""");
        }

        ConfigurationReview.Check(file, configuration, [], configuration.Products, faults, notes, atVenue);
    }

    private CoinbaseEndpoints? Endpoints(string? file)
    {
        if (file is null)
        {
            return new CoinbaseEndpoints();
        }

        try
        {
            return CoinbaseEndpoints.Load(file);
        }
        catch (InvalidDataException e)
        {
            faults.Add("--endpoints", e.Message);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            faults.Add("--endpoints", $"{file}: file not found");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            faults.Add("--endpoints", $"{file}: cannot be read");
        }

        return null;
    }

    // Orders that follow another market's prices lose money; a simulator's prices are another market's.
    private void CheckAddresses(RunOptions options, CoinbaseEndpoints endpoints)
    {
        bool mayBeReal = options.Live || options.Reconcile is not null;
        Uri prices = endpoints.PricesOf(LiveArguments.SourceOf(options));
        bool isSimulated = endpoints is { Rest.IsLoopback: true, UserWebSocket.IsLoopback: true };
        if (!isSimulated && !mayBeReal)
        {
            faults.Add(
                "--gateway coinbase",
                $"sends real orders to {endpoints.Rest.Authority}; add --live if real money is meant, "
                + "or name a simulator on this machine with --endpoints");
        }

        bool isMixed = endpoints.Rest.IsLoopback != prices.IsLoopback
            || endpoints.Rest.IsLoopback != endpoints.UserWebSocket.IsLoopback;
        if (isMixed)
        {
            faults.Add(
                "--endpoints",
                $"orders go to {endpoints.Rest.Authority}, prices come from {prices.Authority} and "
                + $"reports from {endpoints.UserWebSocket.Authority}; name all of one venue");
        }
    }

    private CoinbaseCredentials? Key(string? file)
    {
        try
        {
            return CredentialSource.Load(file, environment);
        }
        catch (CredentialException e)
        {
            faults.Add(file is null ? "--gateway coinbase" : "--key-file", e.Message);
            return null;
        }
    }
}
