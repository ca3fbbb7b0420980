namespace LowLatencyPortfolio.Persistence;

/// <summary>A row of <c>model_parameters</c>: what a model had learned at some close, kept as a version.</summary>
/// <param name="Model">The model's name.</param>
/// <param name="Version">From 1, one more with each row of the model.</param>
/// <param name="LearnedAtNs">Event time of the close, ns UTC.</param>
/// <param name="Samples">Outcomes it had learned from by then.</param>
/// <param name="Parameters">What it learned, as the model writes it: JSON, every number to the last bit.</param>
public sealed record ModelParameters(string Model, long Version, long LearnedAtNs, long Samples, string Parameters);
