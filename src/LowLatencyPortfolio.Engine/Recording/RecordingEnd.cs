namespace LowLatencyPortfolio.Engine.Recording;

/// <summary>What a recorded run came to.</summary>
/// <param name="Hash">State hash.</param>
/// <param name="Events">Events published.</param>
/// <param name="Ticks">Ticks among them.</param>
internal sealed record RecordingEnd(ulong Hash, long Events, long Ticks);
