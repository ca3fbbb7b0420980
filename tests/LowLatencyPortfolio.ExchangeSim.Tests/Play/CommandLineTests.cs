using LowLatencyPortfolio.ExchangeSim.CommandLine;
using LowLatencyPortfolio.ExchangeSim.Faults;
using LowLatencyPortfolio.ExchangeSim.Play;
using LowLatencyPortfolio.ExchangeSim.Wire.Auth;

namespace LowLatencyPortfolio.ExchangeSim.Tests.Play;

public sealed class CommandLineTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("simcl").FullName;
    private SimOptions? _options;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Every_argument_reaches_the_options()
    {
        string plan = Write("plan.json", """{"faults":[{"on":"create","fault":"delay"}]}""");
        string products = Write("config.json", """
            {"portfolio":{}, "products":[
              {"productId":"BTC-USD","priceIncrement":"0.01","quantityIncrement":0.001,"minNotional":1}]}
            """);
        string error = Run(0, "--ticks", _folder, "--speed", "2.5x", "--start", "subscribed", "--rebase",
            "--port", "1234", "--raw-port", "0", "--balances", "USD=5,BTC=0.25",
            "--latency", "ack=5ms,cancel=1s,fill=250us",
            "--fees", "maker=0,taker=0.001", "--wire", "trade-batch=0,beat=100ms", "--limits", "private=0",
            "--products", products, "--faults", plan, "--key-file", Path.Combine(_folder, "key.json"),
            "--key-kind", "ed25519");
        Assert.Empty(error);
        Assert.Equal((2.5, true, true, 1234),
            (_options!.Speed.Factor, _options.WaitsForSubscriber, _options.Rebase, _options.Port));
        Assert.Equal(0, _options.RawPort);
        Assert.Equal(0.25m, _options.Venue.Balances["BTC"]);
        Assert.Equal((5_000_000L, 1_000_000_000L, 250_000L),
            (_options.Venue.AckLatencyNs, _options.Venue.CancelLatencyNs, _options.Venue.FillLatencyNs));
        Assert.Equal((0m, 0.001m), (_options.Venue.MakerFeeRate, _options.Venue.TakerFeeRate));
        Assert.Equal((TimeSpan.Zero, TimeSpan.FromMilliseconds(100)), (_options.Wire.TradeBatch, _options.Wire.Beat));
        Assert.Equal(0, _options.Limits["private"]);
        Assert.Equal(0.001m, Assert.Single(_options.Products).QuantityIncrement);
        Assert.Equal(KeyKind.Ed25519, _options.KeyKind);
        Assert.Equal(FaultKind.Delay, Assert.Single(_options.Faults.Rules).Fault);
    }

    [Fact]
    public void Defaults_are_full_speed_from_the_first_subscriber_and_a_hundred_thousand_dollars()
    {
        Run(0, "--ticks", _folder);
        Assert.Equal(PlaySpeed.Max, _options!.Speed);
        Assert.True(_options.WaitsForSubscriber);
        Assert.Null(_options.RawPort);
        Assert.Equal(KeyKind.Ecdsa, _options.KeyKind);
        Assert.Equal(100_000m, Assert.Single(_options.Venue.Balances).Value);
        Run(0, "--ticks", _folder, "--speed", "1x");
        Assert.False(_options!.WaitsForSubscriber);
    }

    [Fact]
    public void All_faults_are_told_at_once()
    {
        string error = Run(2, "--ticks", "/no/such", "--speed", "fast", "--start", "later", "--port", "70000",
            "--balances", "USD", "--latency", "ack=soon,nothing=5ms", "--fees", "maker=2", "--wire", "beat=0",
            "--limits", "private=-1", "--products", "/no/file",
            "--faults", Write("bad.json", "{\"faults\":7}"), "--key-file", "/no/dir/key",
            "--key-kind", "rsa", "--tls", "/no/cert");
        string[] options =
        [
            "--ticks", "--speed", "--start", "--port", "--balances", "--latency: ack", "--latency: \"nothing", "--fees",
            "--wire", "--limits", "--products", "--faults", "--key-file", "--key-kind",
            "--tls",
        ];
        Assert.All(options, option => Assert.Contains($"exchange-sim: {option}", error, StringComparison.Ordinal));
        Assert.Equal(options.Length, error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Fact]
    public void An_unknown_argument_does_not_hide_the_other_faults()
    {
        string error = Run(2, "--tick", _folder, "--speed", "fast");
        Assert.Contains("'--tick'", error, StringComparison.Ordinal);
        Assert.Contains("--speed", error, StringComparison.Ordinal);
        Assert.Contains("--ticks: is required", error, StringComparison.Ordinal);
    }

    private string Write(string name, string text)
    {
        string file = Path.Combine(_folder, name);
        File.WriteAllText(file, text);
        return file;
    }

    private string Run(int exitCode, params string[] arguments)
    {
        using var error = new StringWriter();
        using var output = new StringWriter();
        var line = new SimCommandLine(
            options =>
            {
                _options = options;
                return 0;
            },
            error);
        Assert.Equal(exitCode, line.Invoke(arguments, output, error));
        return error.ToString();
    }
}
