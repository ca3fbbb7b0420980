namespace LowLatencyPortfolio.Dashboard.CommandLine;

/// <summary>An argument that only the database can judge; the message is one line for a person.</summary>
internal sealed class BadArgumentException(string message) : Exception(message);
