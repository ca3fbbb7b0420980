namespace LowLatencyPortfolio.Dashboard.Rendering;

/// <summary>The answer to one command: for a person, and the same for a program.</summary>
/// <param name="Blocks">Shown one below the other.</param>
/// <param name="Json">Serialized by <see cref="ViewJson"/>; its property names are the keys.</param>
internal sealed record View(IReadOnlyList<Block> Blocks, object Json);
