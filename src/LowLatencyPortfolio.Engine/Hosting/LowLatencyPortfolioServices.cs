using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Engine;
using LowLatencyPortfolio.Signals;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers engines in a host.</summary>
public static class LowLatencyPortfolioServices
{
    /// <summary>
    /// Registers an engine that starts and stops with the host; resolve <see cref="MultiPairOrchestrator"/> to use it.
    /// </summary>
    /// <param name="services">The host's services.</param>
    /// <param name="configure">Says what to trade and how; called at once.</param>
    /// <returns>The services.</returns>
    /// <exception cref="ConfigurationException">
    /// The configuration has faults; the message names all of them.
    /// </exception>
    /// <exception cref="InvalidOperationException">One of this name is registered already.</exception>
    public static IServiceCollection AddLowLatencyPortfolio(
        this IServiceCollection services, Action<LowLatencyPortfolioOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        RequireFirst(services, key: null);
        LowLatencyPortfolioOptions options = Read(configure);
        return services
            .AddSingleton(provider => Make(provider, options))
            .AddSingleton<IHostedService>(provider =>
                Host(provider, provider.GetRequiredService<MultiPairOrchestrator>(), "engine"));
    }

    /// <summary>Registers one of several engines; resolve <see cref="MultiPairOrchestrator"/> with its key.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="key">Tells the engines apart.</param>
    /// <param name="configure">Says what to trade and how; called at once.</param>
    /// <returns>The services.</returns>
    /// <exception cref="ConfigurationException">
    /// The configuration has faults; the message names all of them.
    /// </exception>
    /// <exception cref="InvalidOperationException">One of this name is registered already.</exception>
    public static IServiceCollection AddLowLatencyPortfolio(
        this IServiceCollection services, string key, Action<LowLatencyPortfolioOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrEmpty(key);
        RequireFirst(services, key);
        LowLatencyPortfolioOptions options = Read(configure);
        return services
            .AddKeyedSingleton(key, (provider, _) => Make(provider, options))
            .AddSingleton<IHostedService>(provider =>
                Host(provider, provider.GetRequiredKeyedService<MultiPairOrchestrator>(key), key));
    }

    // Two of one name would be one engine, started twice.
    private static void RequireFirst(IServiceCollection services, string? key)
    {
        if (services.Any(service =>
            service.ServiceType == typeof(MultiPairOrchestrator) && Equals(service.ServiceKey, key)))
        {
            throw new InvalidOperationException(
                key is null
                    ? "an engine without a key is registered already; give each of several a key of its own"
                    : $"an engine with the key {key} is registered already");
        }
    }

    private static LowLatencyPortfolioOptions Read(Action<LowLatencyPortfolioOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        LowLatencyPortfolioOptions options = new();
        configure(options);
        _ = EngineCheck.Require(options.Engine, options.Pairs);
        return options;
    }

    private static MultiPairOrchestrator Make(IServiceProvider provider, LowLatencyPortfolioOptions options)
    {
        ISignalGenerator? signals = options.Signals is { } make
            ? make(provider)
            : provider.GetService<ISignalGenerator>();
        MultiPairOrchestrator orchestrator = new(options.Engine, signals, options.Orchestration);
        foreach ((ProductSpec product, PairConfig config) in options.Pairs)
        {
            orchestrator.RegisterPair(config, product);
        }

        return orchestrator;
    }

    private static EngineService Host(IServiceProvider provider, MultiPairOrchestrator orchestrator, string name)
    {
        ILogger? logger = provider.GetService<ILogger<MultiPairOrchestrator>>();
        return new EngineService(orchestrator, name, logger ?? NullLogger.Instance);
    }
}
