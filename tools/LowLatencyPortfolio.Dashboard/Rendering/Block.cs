namespace LowLatencyPortfolio.Dashboard.Rendering;

/// <summary>A part of a page: an optional title, then lines or a table.</summary>
internal abstract record Block(string? Title);

/// <summary>Lines of text.</summary>
/// <param name="Title">Above it; null for none.</param>
/// <param name="Lines">At least one.</param>
internal sealed record LineBlock(string? Title, IReadOnlyList<Cell> Lines) : Block(Title);

/// <summary>A table.</summary>
/// <param name="Title">Above it; null for none.</param>
/// <param name="Headings">One a column; one that starts with <c>&gt;</c> makes its column align right.</param>
/// <param name="Rows">As many cells each as there are headings.</param>
/// <param name="Total">A last row that sums the others up; null without one.</param>
/// <param name="Empty">Said in place of a table without rows.</param>
internal sealed record TableBlock(
    string? Title, IReadOnlyList<string> Headings, IReadOnlyList<Cell[]> Rows, Cell[]? Total, string Empty)
    : Block(Title);
