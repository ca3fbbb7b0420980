namespace LowLatencyPortfolio.ExchangeSim;

/// <summary>What one product's fills add up to since the start; transfers are not in it.</summary>
/// <param name="Quantity">Base bought minus base sold; negative when coins that were there before were sold.</param>
public sealed record PositionView(
    string ProductId, decimal Quantity, decimal BoughtValue, decimal SoldValue, decimal Fees, int FillCount);
