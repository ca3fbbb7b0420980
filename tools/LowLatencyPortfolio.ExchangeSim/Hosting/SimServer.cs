using System.Net;
using System.Security.Cryptography.X509Certificates;
using LowLatencyPortfolio.ExchangeSim.CommandLine;
using LowLatencyPortfolio.ExchangeSim.Faults;
using LowLatencyPortfolio.ExchangeSim.Play;
using LowLatencyPortfolio.ExchangeSim.Rest;
using LowLatencyPortfolio.ExchangeSim.Wire;
using LowLatencyPortfolio.ExchangeSim.Wire.Auth;
using LowLatencyPortfolio.ExchangeSim.Wire.Feed;
using LowLatencyPortfolio.ExchangeSim.Wire.Rest;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LowLatencyPortfolio.ExchangeSim.Hosting;

/// <summary>The whole server, wired: venue, wire, faults, player.</summary>
/// <remarks>Thread: start and stop from one.</remarks>
internal sealed class SimServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private SimServer(WebApplication app) => _app = app;

    /// <summary>The parts, for tests.</summary>
    public IServiceProvider Parts => _app.Services;

    /// <summary>Where it listens, such as <c>http://127.0.0.1:5000</c>.</summary>
    public string Url => _app.Urls.First();

    /// <summary>What the program prints when ready.</summary>
    public string ReadyLine
    {
        get
        {
            string socket = "ws" + Url["http".Length..];
            string raw = _app.Services.GetService<RawPort>() is { } port
                ? $" raw tcp://127.0.0.1:{port.Port}"
                : string.Empty;
            return $"listening on {Url} market {socket}/ws user {socket}/ws/user "
                + $"exchange {socket}{WebSocketEndpoint.ExchangePath}{raw}";
        }
    }

    /// <summary>Builds the server; nothing listens yet.</summary>
    /// <param name="options">What it is to be.</param>
    /// <param name="data">What trades.</param>
    /// <param name="key">What its client signs with.</param>
    /// <returns>A server to start.</returns>
    public static SimServer Build(SimOptions options, SimData data, AccessKey key)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(IPAddress.Loopback, options.Port, listen =>
            {
                if (options.Certificate is { } file)
                {
                    listen.UseHttps(X509CertificateLoader.LoadPkcs12FromFile(file, null));
                }
            });
        });
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(5));
        AddParts(builder.Services, options, data, key);
        WebApplication app = builder.Build();
        Configure(app, options);
        return new SimServer(app);
    }

    /// <summary>Listens.</summary>
    /// <returns>When clients can connect.</returns>
    public Task StartAsync() => _app.StartAsync();

    /// <summary>Waits for SIGINT or SIGTERM.</summary>
    /// <returns>When everything has stopped; with the player's exception when that was why.</returns>
    public async Task WaitAsync()
    {
        await _app.WaitForShutdownAsync();
        await (_app.Services.GetRequiredService<PlayService>().ExecuteTask ?? Task.CompletedTask);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private static void AddParts(IServiceCollection parts, SimOptions options, SimData data, AccessKey key)
    {
        var clock = new StepVenueClock(options.Rebase ? VenueTime.ToNs(DateTime.UtcNow) : data.Catalog.FirstTimeNs);
        parts.AddSingleton(options).AddSingleton(options.Wire).AddSingleton(clock).AddSingleton(TimeProvider.System);
        parts.AddSingleton(key).AddSingleton<ServerClock>().AddSingleton<JwtVerifier>();
        parts.AddSingleton(_ => new Venue(
            options.Venue, [.. data.Pairs.Select(pair => ProductList.AtVenue(pair.Product))], clock));
        parts.AddSingleton<FaultDesk>().AddSingleton<WireLimits>().AddSingleton<RestFaults>().AddSingleton<RestGate>();
        parts.AddSingleton<SessionList>().AddSingleton<MarketFeed>().AddSingleton<UserFeed>();
        parts.AddSingleton<WireAdmin>().AddSingleton<SubscriptionDesk>().AddSingleton<WebSocketEndpoint>();
        parts.AddSingleton<AdvancedTradeDialect>().AddSingleton<ExchangeDialect>();
        parts.AddSingleton(_ => new TickSource(data.Catalog, data.Pairs)).AddSingleton<TickPlayer>();
        parts.AddHostedService<WirePulse>();
        parts.AddSingleton<PlayService>().AddHostedService(services => services.GetRequiredService<PlayService>());
        if (options.RawPort is { } port)
        {
            parts.AddSingleton(new RawPort(port, options.RawPoll));
            parts.AddHostedService(services => services.GetRequiredService<RawPort>());
        }
    }

    private static void Configure(WebApplication app, SimOptions options)
    {
        IServiceProvider parts = app.Services;
        WireLimits limits = parts.GetRequiredService<WireLimits>();
        limits.Set(options.Limits);
        parts.GetRequiredService<WireAdmin>().Use(options.Faults);
        RestGate gate = parts.GetRequiredService<RestGate>();
        WebSocketEndpoint sockets = parts.GetRequiredService<WebSocketEndpoint>();
        IHostApplicationLifetime lifetime = app.Lifetime;
        app.Use(WebSocketEndpoint.GateAsync);
        app.UseWebSockets(new WebSocketOptions { KeepAliveInterval = TimeSpan.Zero });
        app.Use((HttpContext context, RequestDelegate next) => context.WebSockets.IsWebSocketRequest
            ? sockets.ServeAsync(context, lifetime.ApplicationStopping)
            : gate.InvokeAsync(context, next));
        app.UseRouting();
        Venue venue = parts.GetRequiredService<Venue>();
        TickPlayer player = parts.GetRequiredService<TickPlayer>();
        if (options is { Rebase: true, Speed: var speed } && speed == PlaySpeed.Step)
        {
            player.StartAt(venue.Clock.NowNs);      // a hand that steps may come before the player's own thread
        }

        app.MapBrokerage(venue);
        app.MapAdmin(venue, options.Speed == PlaySpeed.Step ? Step : null);
        parts.GetRequiredService<WireAdmin>().Map(app);

        Task Step(long nowNs)
        {
            player.StepTo(nowNs);
            return Task.CompletedTask;
        }
    }
}
