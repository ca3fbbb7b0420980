namespace LowLatencyPortfolio.Domain;

/// <summary>What a check of a configuration found.</summary>
/// <param name="Faults">What must be put right before anything starts, all of it; empty when the configuration can be
/// used.</param>
/// <param name="Warnings">What can be used and is probably not meant, one line each.</param>
public sealed record ConfigurationFindings(IReadOnlyList<ConfigurationFault> Faults, IReadOnlyList<string> Warnings);
