using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Persistence;

/// <summary>The limits that the newest start was given.</summary>
/// <param name="Portfolio">Capital, currency and limits.</param>
/// <param name="TakerFee">Fee rate that reservations are reckoned with, fraction.</param>
/// <param name="AreStored">False where the database was last written by a program that did not store limits: these are
/// the defaults then.</param>
public sealed record LimitsRow(PortfolioConfig Portfolio, decimal TakerFee, bool AreStored);
