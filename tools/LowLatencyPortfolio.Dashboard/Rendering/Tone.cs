namespace LowLatencyPortfolio.Dashboard.Rendering;

/// <summary>What a cell or line says to the eye, on a terminal that has colours.</summary>
internal enum Tone
{
    Plain,
    Good,
    Bad,
    Quiet,
}
