using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Engine.Recording;

/// <summary>What a recording came to when it was played.</summary>
public sealed record RecordingResult
{
    /// <summary>The engine's part of its order ids.</summary>
    public required string EngineId { get; init; }

    /// <summary>How many pairs it trades.</summary>
    public required int Pairs { get; init; }

    /// <summary>Events played.</summary>
    public required long Events { get; init; }

    /// <summary>Ticks among them.</summary>
    public required long Ticks { get; init; }

    /// <summary>Hash over every decision and fill, what the recorded engine had decided before included.</summary>
    public required StateHash Hash { get; init; }

    /// <summary>What the recorded run came to; null when its recording has no end.</summary>
    public required StateHash? RecordedHash { get; init; }

    /// <summary>Why not everything could be played; null when it was.</summary>
    public required string? Fault { get; init; }

    /// <summary>Whether the recorded run is known to have come to something else.</summary>
    public bool Differs => RecordedHash is { } recorded && recorded != Hash;
}
