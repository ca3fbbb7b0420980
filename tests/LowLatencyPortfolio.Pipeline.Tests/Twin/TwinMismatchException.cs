namespace LowLatencyPortfolio.Pipeline.Tests.Twin;

/// <summary>
/// The stages and the reference engine disagree, or a property is broken; the message says how to see it again.
/// </summary>
public sealed class TwinMismatchException(string message) : Exception(message);
