using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Engine.Recording;

/// <summary>What a pipeline must be made of to decide again what it decided when it was recorded.</summary>
/// <param name="EngineId">The engine's part of its order ids.</param>
/// <param name="Portfolio">Capital and limits.</param>
/// <param name="Pairs">Trading and protection of each pair, by index.</param>
/// <param name="Products">Their products, by index.</param>
/// <param name="TakerFee">What reservations include, fraction.</param>
/// <param name="MaxPriceAgeSeconds">Oldest price of a pair that does not say.</param>
/// <param name="OrderCapacity">Orders each stage remembers.</param>
/// <param name="CandleSeconds">Length of a candle; 0 without candles, and in recordings of version 1.</param>
internal sealed record RecordingSetup(
    string EngineId, PortfolioConfig Portfolio, PairConfig[] Pairs, RecordedProduct[] Products, decimal TakerFee,
    int MaxPriceAgeSeconds, int OrderCapacity, int CandleSeconds)
{
    /// <summary>How the state is laid out that the recording begins with; null where it was not written yet.</summary>
    public string? Layout { get; init; }

    public static RecordingSetup Of(string engineId, PortfolioConfig portfolio, TradingPipeline pipeline)
    {
        PairSetup[] pairs = pipeline.Pairs.ToArray();
        return new RecordingSetup(
            engineId, portfolio, [.. pairs.Select(pair => pair.Config)],
            [.. pairs.Select(pair => RecordedProduct.Of(pair.Product))], pipeline.Options.TakerFee,
            pipeline.Options.DefaultMaxPriceAgeSeconds, pipeline.Options.OrderCapacity,
            pipeline.Options.CandleSeconds)
        {
            Layout = CheckpointLayout.Mark,
        };
    }

    /// <exception cref="InvalidDataException">No engine can be made of it.</exception>
    public PairSetup[] Arrange()
    {
        try
        {
            ProductSpec[] products = [.. Products.Select(product => product.ToSpec())];
            ConfigurationFindings findings = ConfigurationCheck.Check(Portfolio, Pairs, products);
            return findings.Faults.Count == 0 && Pairs.Length == products.Length
                ? PairSetup.Arrange(products.Zip(Pairs))
                : throw new InvalidDataException(findings.Faults.Count == 0
                    ? "as many products as pairs are needed"
                    : findings.Faults[0].ToString());
        }
        catch (Exception e) when (e is ArgumentException or NullReferenceException)
        {
            throw new InvalidDataException(e.Message.ReplaceLineEndings(" "), e);
        }
    }
}
