namespace LowLatencyPortfolio.Engine.Recording;

/// <summary>A recording cannot be played; the message is one line for a person.</summary>
/// <param name="message">What is wrong with which file.</param>
/// <param name="inner">What led to it.</param>
public sealed class RecordingException(string message, Exception? inner = null) : Exception(message, inner);
