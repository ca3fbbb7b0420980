namespace LowLatencyPortfolio.Exchanges.Coinbase;

/// <summary>What the status alone says, before the body is read.</summary>
/// <remarks>Source: Advanced Trade REST; a refusal for a business reason has status 200.</remarks>
internal static class AnswerStatus
{
    /// <summary>
    /// The kind of an answer that is not a 200; <see cref="AnswerKind.Accepted"/> means: read the body.
    /// </summary>
    public static AnswerKind Of(int status) => status switch
    {
        200 => AnswerKind.Accepted,
        400 or 404 or 405 or 413 or 415 or 422 => AnswerKind.Refused,
        401 or 403 => AnswerKind.NotAuthorized,
        429 => AnswerKind.Limited,
        _ => AnswerKind.Unknown,        // 5xx, 408 and what nobody documented: it may have been taken
    };
}
