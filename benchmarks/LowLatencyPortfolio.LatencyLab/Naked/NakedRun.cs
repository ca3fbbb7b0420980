using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Engine;
using LowLatencyPortfolio.Engine.Replay;
using LowLatencyPortfolio.Exchanges.Coinbase;
using LowLatencyPortfolio.Exchanges.Coinbase.Feed;
using LowLatencyPortfolio.Exchanges.Paper;
using LowLatencyPortfolio.Pipeline;
using LowLatencyPortfolio.Signals;

namespace LowLatencyPortfolio.LatencyLab;

/// <summary>
/// The crash day at the exchange simulator, through Coinbase's feed and gateway: every pair is held whenever the risk
/// gate lets it.
/// </summary>
internal sealed class NakedRun : IDisposable
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan ReadyLimit = TimeSpan.FromSeconds(60);

    private readonly TemporaryFolder _folder = new();
    private readonly SimProcess _sim;
    private readonly HttpClient _admin;
    private readonly CoinbaseCredentials _credentials;
    private readonly MultiPairOrchestrator _portfolio;
    private readonly CoinbaseFeed _feed;
    private readonly long _ticks;
    private readonly bool _canEdit;
    private GatewayMeter? _meter;

    private NakedRun(NakedOptions options, bool canEdit)
    {
        _canEdit = canEdit;
        ReplayRequest sample = CrashDay.Prepare(_folder.PathOf("unused.db"));
        _ticks = CrashDay.Write(sample, _folder.PathOf("ticks"), options.Minutes);
        _sim = Start(options, sample);
        _admin = new HttpClient { BaseAddress = _sim.Endpoints.Rest };
        _credentials = CredentialSource.Load(_folder.PathOf("key.json"), _ => null);
        _portfolio = new MultiPairOrchestrator(new TradingEngineOptions
        {
            Portfolio = sample.Portfolio with { MaxOrderNotional = sample.Portfolio.TotalCapital },
            Paper = new PaperConfig { MakerFee = 0m, TakerFee = 0m },
            Gateway = pairs => _meter = new GatewayMeter(
                new CoinbaseGateway(
                    pairs, _credentials, new CoinbaseGatewayOptions { Endpoints = _sim.Endpoints }),
                pairs.Count),
            DatabasePath = _folder.PathOf("llp.db"),
        });
        foreach (PairSetup pair in sample.Pairs)
        {
            _portfolio.RegisterPair(pair.Config with { MaxEntriesPerHour = 1_000 }, pair.Product);
        }

        if (!canEdit)
        {
            Post("/admin/faults", """{"faults":[{"kind":"edit_unsupported"}]}""");
        }

        _portfolio.Start();
        _feed = new CoinbaseFeed(
            new CoinbaseFeedOptions { Endpoint = _sim.Endpoints.MarketWebSocket }, _portfolio.Engine.Pairs,
            new EngineMarketSink(_portfolio.Engine));
    }

    /// <param name="options">How the day is played.</param>
    /// <param name="canEdit">Whether the venue lets stops be edited.</param>
    /// <param name="progress">Told what is being done.</param>
    /// <exception cref="InvalidOperationException">The sample or the simulator is not what it should be.</exception>
    public static NakedResult Play(NakedOptions options, bool canEdit, Action<string> progress)
    {
        progress(canEdit ? "the crash day, stops edited" : "the crash day, stops cancelled and placed anew");
        using NakedRun run = new(options, canEdit);
        NakedResult result = run.Play();
        progress("");
        return result;
    }

    public void Dispose()
    {
        _feed.Dispose();
        _portfolio.Dispose();
        _credentials.Dispose();
        _admin.Dispose();
        _sim.Dispose();
        _folder.Dispose();
    }

    private SimProcess Start(NakedOptions options, ReplayRequest sample)
    {
        string latency = string.Create(
            CultureInfo.InvariantCulture,
            $"ack={options.LatencyMs}ms,cancel={options.LatencyMs}ms,edit={options.LatencyMs}ms,fill=1ms");
        return SimProcess.Start(
            options.Sim, "--ticks", _folder.PathOf("ticks"), "--products", SamplePath, "--port", "0", "--rebase",
            "--speed", string.Create(CultureInfo.InvariantCulture, $"{options.Speed}x"), "--start", "subscribed",
            "--balances", string.Create(CultureInfo.InvariantCulture, $"USD={sample.Portfolio.TotalCapital}"),
            "--latency", latency, "--fees", "maker=0,taker=0", "--key-file", _folder.PathOf("key.json"));
    }

    private static string SamplePath => Path.Combine(AppContext.BaseDirectory, "sample", "config.json");

    private NakedResult Play()
    {
        CoinbaseGateway gateway = _meter!.Gateway;
        Wait(() => gateway.Counters.Reconciliations > 0, "the account is known");
        long begun = Stopwatch.GetTimestamp();
        _feed.Start();
        long entries = 0;
        long peak = 0;
        long atSecond = 0;
        for (int second = 1; !HasEnded();)
        {
            entries += EnterWhatIsFlat();
            Thread.Sleep(BetweenLooks);
            if (Stopwatch.GetElapsedTime(begun).TotalSeconds >= second)
            {
                long now = gateway.Counters.Requests;
                (peak, atSecond, second) = (Math.Max(peak, now - atSecond), now, second + 1);
            }
        }

        TimeSpan took = Stopwatch.GetElapsedTime(begun);
        _feed.Stop();
        return new NakedResult(
            _canEdit, _ticks, Percentiles.Of(_meter.NakedNs()), entries,
            _portfolio.Engine.Counters.Pipeline.StopsReplaced, gateway.Counters, peak, took);
    }

    private int EnterWhatIsFlat()
    {
        EntrySignal[] signals =
        [
            .. _portfolio.GetPortfolioStatus().Pairs
                .Where(pair => pair is { Held: 0m, IsExiting: false, LastPrice: not null })
                .Select(pair => new EntrySignal { ProductId = pair.ProductId, ShouldEnter = true, Confidence = 1m }),
        ];
        return signals.Length == 0
            ? 0
            : _portfolio.SubmitCoordinatedEntriesAsync(signals).GetAwaiter().GetResult()
                .Count(result => result.Verdict == RiskVerdict.Approved);
    }

    private bool HasEnded()
    {
        if (_portfolio.Engine.Fault is { } fault)
        {
            throw new InvalidOperationException($"the engine ended: {fault.Message}", fault);
        }

        using HttpResponseMessage answer = _admin.GetAsync(new Uri("/admin/play", UriKind.Relative)).Result;
        return answer.Content.ReadFromJsonAsync<JsonElement>().Result.GetProperty("ended").GetBoolean();
    }

    private void Post(string path, string body)
    {
        using StringContent content = new(body);
        using HttpResponseMessage answer = _admin.PostAsync(new Uri(path, UriKind.Relative), content).Result;
        _ = answer.EnsureSuccessStatusCode();
    }

    private static void Wait(Func<bool> isSo, string what)
    {
        long begun = Stopwatch.GetTimestamp();
        while (!isSo())
        {
            if (Stopwatch.GetElapsedTime(begun) > ReadyLimit)
            {
                throw new InvalidOperationException($"after {ReadyLimit.TotalSeconds} s not so: {what}");
            }

            Thread.Sleep(BetweenLooks);
        }
    }
}
