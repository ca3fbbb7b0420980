namespace LowLatencyPortfolio.Domain.Tests.Portfolio;

/// <summary>Small portfolios for tests: capital 100,000 USD unless said otherwise.</summary>
internal static class Portfolios
{
    public static ProductSpec Product(string id, decimal minQuantity = 0m, decimal minNotional = 0m) =>
        new(id, 0.01m, 0.00000001m, minQuantity, minNotional);

    public static PortfolioManager With(PortfolioConfig config, params string[] products)
    {
        PortfolioManager manager = new(config);
        foreach (string product in products)
        {
            manager.RegisterPair(new PairConfig { ProductId = product }, Product(product));
        }

        return manager;
    }

    public static void Buy(
        this PortfolioManager manager, int pair, decimal quantity, decimal price, decimal fee = 0) =>
        manager.ApplyFill(pair, OrderSide.Buy, quantity, quantity * price, fee, timeNs: 1);

    public static void Sell(
        this PortfolioManager manager, int pair, decimal quantity, decimal price, decimal fee = 0) =>
        manager.ApplyFill(pair, OrderSide.Sell, quantity, quantity * price, fee, timeNs: 2);
}
