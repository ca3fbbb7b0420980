namespace LowLatencyPortfolio.Exchanges.Coinbase;

/// <summary>
/// The key cannot be used. The message says what is wrong and what to do, and never contains any part of the secret.
/// </summary>
/// <param name="message">One line for a person.</param>
/// <remarks>It carries no inner exception: those of parsers quote what they read.</remarks>
public sealed class CredentialException(string message) : Exception(message);
