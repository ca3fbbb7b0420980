using LowLatencyPortfolio.Persistence;
using LowLatencyPortfolio.Signals;

namespace LowLatencyPortfolio.Engine.Tests;

/// <summary>The fused model of a live engine: its versions reach the database while it runs and are taken up.</summary>
public sealed class LiveFusionTests : IDisposable
{
    private readonly ManualClock _clock = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("llp-fusion-");
    private int _closes;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Versions_are_stored_while_it_trades_and_the_next_start_goes_on_from_them()
    {
        TradingEngineOptions options = Options();
        await using (MultiPairOrchestrator first = Started(options))
        {
            await Learn(first, closes: 14);
            await Until.True(() => Newest()?.Version == 2, "two versions are in the database while it runs");
            await Until.Done(first.StopAsync());
        }

        ModelParameters last = Newest()!;
        Assert.Equal(3, last.Version);      // what it had learned since, at the stop
        await using (MultiPairOrchestrator second = Started(options))
        {
            Assert.Equal((last.Samples, 3), (second.Signals!.Fusion!.Samples, second.Signals.Fusion.Version));
            await Learn(second, closes: 5);
            Assert.True(second.Signals.Fusion.Samples > last.Samples);
            await Until.Done(second.StopAsync());
        }

        Assert.True(Newest()!.Version > 3);
    }

    [Fact]
    public async Task With_other_settings_what_was_learned_is_taken_from_the_newest_version()
    {
        await using (MultiPairOrchestrator first = Started(Options()))
        {
            await Learn(first, closes: 14);
            await Until.Done(first.StopAsync());
        }

        // The stored state is of other settings, so that candles begin anew; the model's own options are the same.
        TradingEngineOptions other = Options();
        other = other with { Signals = other.Signals! with { CooldownCandles = 9 } };
        ModelParameters last = Newest()!;
        await using MultiPairOrchestrator second = Started(other);
        Assert.Equal(0, second.Signals!.Rounds);
        Assert.Equal((last.Samples, last.Version), (second.Signals.Fusion!.Samples, second.Signals.Fusion.Version));
    }

    [Fact]
    public async Task Parameters_of_another_model_are_left_and_versions_are_numbered_on()
    {
        await using (MultiPairOrchestrator first = Started(Options()))
        {
            await Learn(first, closes: 14);
            await Until.Done(first.StopAsync());
        }

        TradingEngineOptions other = Options();
        FusionSettings fusion = other.Signals!.Fusion;
        other = other with
        {
            Signals = other.Signals with { Fusion = fusion with { Model = fusion.Model with { Ridge = 2 } } },
        };
        await using MultiPairOrchestrator second = Started(other);
        Assert.Equal((0L, 3L), (second.Signals!.Fusion!.Samples, second.Signals.Fusion.Version));
    }

    private static MultiPairOrchestrator Started(TradingEngineOptions options) => Market.Started(
        new MultiPairOrchestrator(
            options,
            new ConfirmationGenerator(
                options.Signals!.Confirmation, Market.Pairs(Market.Five), options.Signals.Fusion)),
        Market.Five);

    private TradingEngineOptions Options() => Market.Options() with
    {
        Time = _clock,
        MaxPriceAgeSeconds = 600,
        DatabasePath = Path.Combine(_folder.FullName, "live.db"),
        Signals = new SignalOptions
        {
            Confirmation = new ConfirmationSettings
            {
                CandleSeconds = 60, RsiPeriod = 2, MacdFast = 2, MacdSlow = 3, MacdSignal = 2, AtrPeriod = 2,
                WindowCandles = 2,
            },
            Fusion = new FusionSettings
            {
                Enabled = true,
                MinProbability = 0.99m,
                VersionCloses = 4,
                Model = new FusionOptions { HorizonCloses = 1, CostThreshold = 0, Leaders = 1, WarmUpCloses = 1 },
            },
        },
    };

    private async Task Learn(MultiPairOrchestrator orchestrator, int closes)
    {
        for (int i = 0; i < closes; i++, _closes++)
        {
            for (int pair = 0; pair < Market.Five.Length; pair++)
            {
                decimal price = 100m + ((((_closes * 7) + (pair * 3)) % 11) / 10m);
                await Until.Done(orchestrator.HandlePriceUpdateAsync(Market.Five[pair], price, quantity: 1m));
            }

            long rounds = orchestrator.Signals!.Rounds;
            _clock.Advance(TimeSpan.FromSeconds(60));
            await Until.True(() => orchestrator.Signals.Rounds > rounds, $"candle {i + 1} closed");
        }
    }

    private ModelParameters? Newest()
    {
        using PortfolioDatabase database = PortfolioDatabase.OpenReadOnly(Path.Combine(_folder.FullName, "live.db"));
        return database.LatestModel("fusion");
    }
}
