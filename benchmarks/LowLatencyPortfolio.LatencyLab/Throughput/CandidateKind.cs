namespace LowLatencyPortfolio.LatencyLab;

/// <summary>
/// A way to bring ticks to the stages: its name, the key of its figure, and how one is made for a round.
/// </summary>
internal sealed record CandidateKind(string Name, string JsonKey, Func<ICandidate> Make);
