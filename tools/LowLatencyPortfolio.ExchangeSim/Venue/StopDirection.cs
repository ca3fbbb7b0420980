namespace LowLatencyPortfolio.ExchangeSim;

public enum StopDirection
{
    Down,
    Up,
}
