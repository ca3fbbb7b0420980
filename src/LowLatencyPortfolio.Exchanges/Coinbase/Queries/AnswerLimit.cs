using System.Text.Json;

namespace LowLatencyPortfolio.Exchanges.Coinbase;

/// <summary>How much of what the venue answers is read: a broken or hostile peer cannot fill our memory.</summary>
internal static class AnswerLimit
{
    /// <summary>Longest answer that is read; longer ones are given up while they arrive.</summary>
    /// <remarks>The list of all products, the longest of the venue's answers, has about 1 MiB.</remarks>
    public const int MostBytes = 8 * 1024 * 1024;

    /// <summary>Most that the pages of one list may have together.</summary>
    public const int MostListBytes = 64 * 1024 * 1024;

    /// <summary>Reads an answer with status 200 as JSON.</summary>
    /// <param name="response">Its content was bounded by <see cref="MostBytes"/> as it arrived.</param>
    /// <param name="read">Takes what is needed out of it.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>What was read, and how long the answer was.</returns>
    public static async Task<(T Value, int Bytes)> ReadAsync<T>(
        HttpResponseMessage response, Func<JsonElement, T> read, CancellationToken cancel)
    {
        byte[] body = await response.Content.ReadAsByteArrayAsync(cancel).ConfigureAwait(false);
        using JsonDocument document = JsonDocument.Parse(body, VenueJson.Options);
        return (read(document.RootElement), body.Length);
    }

    /// <summary>Whether an exception says that there was no answer that could be read.</summary>
    public static bool IsFailure(Exception e, CancellationToken cancel) =>
        e is HttpRequestException or JsonException or FormatException or OverflowException or InvalidOperationException
            or KeyNotFoundException or IOException or ArgumentOutOfRangeException
        || (e is OperationCanceledException && !cancel.IsCancellationRequested);

    /// <summary>What is said of such an exception; never a token or the text of an answer.</summary>
    public static string Words(Exception e) =>
        e is HttpRequestException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded }
            ? $"the answer has more than {MostBytes / 1024 / 1024} MiB and was not read"
            : e.GetType().Name;
}
