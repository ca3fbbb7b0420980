using System.Collections.Concurrent;
using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Signals;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NSubstitute;

namespace LowLatencyPortfolio.Engine.Tests;

public sealed class HostingTests
{
    [Fact]
    public async Task An_engine_lives_as_long_as_its_host()
    {
        ISignalGenerator generator = Substitute.For<ISignalGenerator>();
        generator.GenerateAsync(Arg.Any<string>(), Arg.Any<MarketSnapshot>(), Arg.Any<CancellationToken>())
            .Returns(call => ValueTask.FromResult(Market.Buy(call.Arg<string>())));
        HostApplicationBuilder builder = Builder();
        builder.Services.AddSingleton(generator);
        builder.Services.AddLowLatencyPortfolio(options => Add(options, "BTC-USD"));
        using IHost host = builder.Build();
        await Until.Done(host.StartAsync());
        MultiPairOrchestrator orchestrator = host.Services.GetRequiredService<MultiPairOrchestrator>();
        Assert.Equal(EngineState.Running, orchestrator.Engine.State);
        Assert.Single(await Until.Done(orchestrator.CheckAllEntriesAsync()));
        await Market.HoldAsync(orchestrator, "BTC-USD");
        await Until.Done(host.StopAsync());
        Assert.Equal(EngineState.Stopped, orchestrator.Engine.State);
    }

    [Fact]
    public async Task Several_engines_in_one_host_are_told_apart_by_their_keys()
    {
        HostApplicationBuilder builder = Builder();
        builder.Services
            .AddLowLatencyPortfolio("majors", options => Add(options, "BTC-USD", "ETH-USD"))
            .AddLowLatencyPortfolio("minors", options => Add(options, "ADA-USD"));
        using IHost host = builder.Build();
        await Until.Done(host.StartAsync());
        TradingEngine majors = host.Services.GetRequiredKeyedService<MultiPairOrchestrator>("majors").Engine;
        TradingEngine minors = host.Services.GetRequiredKeyedService<MultiPairOrchestrator>("minors").Engine;
        Assert.Equal(2, majors.Pairs.Count);
        Assert.Equal("ADA-USD", Assert.Single(minors.Pairs).ProductId);
        Assert.NotEqual(majors.EngineId, minors.EngineId);
        await Until.Done(host.StopAsync());
        Assert.Equal((EngineState.Stopped, EngineState.Stopped), (majors.State, minors.State));
    }

    [Fact]
    public void A_faulty_configuration_is_refused_when_it_is_registered_with_all_its_faults()
    {
        ServiceCollection services = new();
        ConfigurationException refusal = Assert.Throws<ConfigurationException>(
            () => services.AddLowLatencyPortfolio(options =>
            {
                options.Engine = new TradingEngineOptions { Portfolio = new PortfolioConfig { TotalCapital = -1m } };
                (ProductSpec product, PairConfig config) = Market.Pair("BTC-USD");
                options.AddPair(config, product).AddPair(config, product);
            }));
        Assert.Equal(["portfolio.totalCapital", "pairs[1].productId"], refusal.Faults.Select(fault => fault.Path));
        Assert.Empty(services);
    }

    [Fact]
    public void Two_engines_of_one_name_are_refused_when_they_are_registered()
    {
        ServiceCollection services = new();
        services
            .AddLowLatencyPortfolio(options => Add(options, "BTC-USD"))
            .AddLowLatencyPortfolio("minors", options => Add(options, "ADA-USD"));
        InvalidOperationException refusal = Assert.Throws<InvalidOperationException>(
            () => services.AddLowLatencyPortfolio(options => Add(options, "ETH-USD")));
        Assert.Contains("give each of several a key", refusal.Message, StringComparison.Ordinal);
        refusal = Assert.Throws<InvalidOperationException>(
            () => services.AddLowLatencyPortfolio("minors", options => Add(options, "ETH-USD")));
        Assert.Contains("minors", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_fault_in_the_first_events_of_an_engine_is_logged_as_critical()
    {
        ConcurrentQueue<(LogLevel Level, Exception? Cause)> lines = [];
        ILoggerProvider log = Substitute.For<ILoggerProvider>();
        log.CreateLogger(Arg.Any<string>()).Returns(_ => new ListLogger(lines));
        HostApplicationBuilder builder = Builder();
        builder.Logging.AddProvider(log);
        builder.Services.AddLowLatencyPortfolio(options =>
        {
            Add(options, "BTC-USD");
            options.Engine = Market.Options(pairs => new ScriptedGateway(pairs) { BreaksAtNextPoll = true });
        });
        using IHost host = builder.Build();
        EngineStoppedException refusal = await Assert.ThrowsAsync<EngineStoppedException>(() => host.StartAsync());
        Assert.Equal("the venue broke", refusal.InnerException?.Message);
        await Until.True(
            () => lines.Any(line => line.Level == LogLevel.Critical && line.Cause == refusal.InnerException),
            "the fault is logged");
    }

    private static HostApplicationBuilder Builder()
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Logging.ClearProviders();
        return builder;
    }

    private static void Add(LowLatencyPortfolioOptions options, params string[] productIds)
    {
        options.Engine = Market.Options();
        foreach ((ProductSpec product, PairConfig config) in Market.Pairs(productIds))
        {
            options.AddPair(config, product);
        }
    }

    private sealed class ListLogger(ConcurrentQueue<(LogLevel Level, Exception? Cause)> lines) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter) => lines.Enqueue((logLevel, exception));
    }
}
