namespace LowLatencyPortfolio.Domain;

/// <summary>A configuration that cannot be started, with all its faults.</summary>
/// <remarks>Thread: immutable.</remarks>
public sealed class ConfigurationException : Exception
{
    /// <summary>Names every fault in the message, one a line.</summary>
    /// <param name="faults">At least one.</param>
    public ConfigurationException(IReadOnlyList<ConfigurationFault> faults)
        : base(string.Join('\n', faults ?? throw new ArgumentNullException(nameof(faults)))) => Faults = faults;

    /// <summary>Every fault, in the order of the configuration.</summary>
    public IReadOnlyList<ConfigurationFault> Faults { get; }
}
