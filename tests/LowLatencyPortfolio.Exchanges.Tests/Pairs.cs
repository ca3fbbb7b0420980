using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Exchanges.Tests;

internal static class Pairs
{
    public static PairSetup[] Of(params string[] products) =>
        PairSetup.Arrange(
            products.Select(id => (new ProductSpec(id, 0.01m, 0.001m), new PairConfig { ProductId = id })));
}
