namespace LowLatencyPortfolio.ExchangeSim;

/// <summary>Why a request was refused, in the venue's own code names; it travels with HTTP 200.</summary>
/// <param name="Error">The general code (<c>INSUFFICIENT_FUND</c>).</param>
/// <param name="Preview">
/// The preview code (<c>PREVIEW_INSUFFICIENT_FUND</c>), or null where the venue gives none.
/// </param>
/// <param name="Message">Text for a person; may be empty.</param>
public sealed record Rejection(string Error, string? Preview, string Message)
{
    internal static Rejection BadConfiguration { get; } =
        new("INVALID_REQUEST", "PREVIEW_INVALID_ORDER_CONFIG", "Order configuration is incomplete");

    /// <summary>A code that a preview has as well, under the same name.</summary>
    internal static Rejection Of(string error, string message) => new(error, $"PREVIEW_{error}", message);
}
