using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Exchanges.Coinbase;

[assembly: CollectionBehavior(MaxParallelThreads = 5)]

namespace LowLatencyPortfolio.Exchange.Simulation.Tests;

/// <summary>
/// A running <c>exchange-sim</c>, shared by the tests of a class; each test takes products of its own, which have
/// traded once at 100. Its clock goes with the machine's; prices come from the tests.
/// </summary>
public partial class ExchangeProcess : IAsyncLifetime
{
    public const decimal FirstPrice = 100m;
    public const decimal MakerFee = 0.006m;
    public const decimal TakerFee = 0.012m;
    private const int Products = 40;
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(90);

    private readonly string _folder = Directory.CreateTempSubdirectory("llp-exchange-").FullName;
    private Process? _process;
    private int _taken;

    /// <summary>What its key signs with: the simulator's word for it.</summary>
    protected virtual string KeyKind => "ecdsa";

    /// <summary>Where a gateway and a feed find it.</summary>
    internal CoinbaseEndpoints Endpoints { get; private set; } = new();

    internal string KeyFile => Path.Combine(_folder, "key.json");

    internal ExchangeAdmin Admin { get; private set; } = null!;

    /// <summary>A product that no other test has touched.</summary>
    internal ProductSpec TakeProduct()
    {
        int number = Interlocked.Increment(ref _taken);
        Assert.InRange(number, 1, Products);
        return Product(number);
    }

    public async ValueTask InitializeAsync()
    {
        WriteInputs();
        ProcessStartInfo start = new("dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.ArgumentList.Add(ProgramPath());
        string[] arguments =
        [
            "--ticks", Path.Combine(_folder, "ticks"), "--products", Path.Combine(_folder, "products.json"),
            "--speed", "1x", "--rebase", "--port", "0", "--key-file", KeyFile, "--key-kind", KeyKind,
            "--balances", "USD=1000000",
            "--wire", "trade-batch=0,beat=250ms", "--limits", "private=0,public=0,connections=0,messages=0",
        ];
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        _process = Process.Start(start)!;
        Task<string> error = _process.StandardError.ReadToEndAsync();
        string? line = await _process.StandardOutput.ReadLineAsync().WaitAsync(Deadline);
        Match ready = Ready().Match(line ?? string.Empty);
        Assert.True(ready.Success, $"not ready: {line} {(line is null ? await error : string.Empty)}");
        Endpoints = new CoinbaseEndpoints
        {
            Rest = new Uri(ready.Groups[1].Value),
            MarketWebSocket = new Uri(ready.Groups[2].Value),
            UserWebSocket = new Uri(ready.Groups[3].Value),
            ExchangeWebSocket = new Uri(ready.Groups[4].Value),
        };
        Admin = new ExchangeAdmin(Endpoints.Rest);
    }

    public ValueTask DisposeAsync()
    {
        Admin?.Dispose();
        if (_process is { HasExited: false })
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process?.Dispose();
        Directory.Delete(_folder, recursive: true);
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    private static ProductSpec Product(int number) => new(
        string.Create(CultureInfo.InvariantCulture, $"P{number:00}-USD"), 0.01m, 0.0001m, 0.001m, 1m);

    private static string ProgramPath() => typeof(ExchangeProcess).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "ExchangeSim").Value!;

    private void WriteInputs()
    {
        string ticks = Directory.CreateDirectory(Path.Combine(_folder, "ticks")).FullName;
        List<string> described = [];
        for (int i = 1; i <= Products; i++)
        {
            ProductSpec product = Product(i);
            File.WriteAllText(
                Path.Combine(ticks, product.ProductId + ".csv"),
                "time,price,size\n2026-01-01T00:00:00Z,100.00,1\n");
            described.Add($$"""
                {"productId":"{{product.ProductId}}","priceIncrement":"0.01","quantityIncrement":"0.0001",
                "minQuantity":"0.001","minNotional":"1"}
                """);
        }

        File.WriteAllText(
            Path.Combine(_folder, "products.json"), $$"""{"products":[{{string.Join(',', described)}}]}""");
    }

    [GeneratedRegex("^listening on (http://[^ ]+) market (ws://[^ ]+) user (ws://[^ ]+) exchange (ws://[^ ]+)$")]
    private static partial Regex Ready();
}
