namespace LowLatencyPortfolio.ExchangeSim;

public enum OrderSide
{
    Buy,
    Sell,
}
