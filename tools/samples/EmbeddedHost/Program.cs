// An engine inside a Generic Host: the host's own feed, its own signals, its own logging. It ends when the feed does,
// or on Ctrl+C.
using EmbeddedHost;
using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Engine;
using LowLatencyPortfolio.Exchanges;
using LowLatencyPortfolio.Signals;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

// README embedding
HostApplicationBuilder builder = Host.CreateApplicationBuilder(args);
builder.Services.AddSingleton<ISignalGenerator, RisingCandles>();
builder.Services.AddSingleton<IMarketFeed>(new WaveFeed(Markets.Products, seconds: 10));
builder.Services.AddHostedService<TradeLog>();        // before the engine: it hears of every fill, stop and close
builder.Services.AddLowLatencyPortfolio(options =>
{
    options.Engine = new TradingEngineOptions { Signals = new SignalOptions { Confirmation = Markets.Candles } };
    foreach (ProductSpec product in Markets.Products)
    {
        options.AddPair(new PairConfig { ProductId = product.ProductId, TrailPct = 0.03m }, product);
    }
});
builder.Services.AddHostedService<FeedService>();     // after the engine: it starts later and stops earlier
using IHost host = builder.Build();
await host.RunAsync();
// README ends
