namespace LowLatencyPortfolio.ExchangeSim.Faults;

/// <summary>The forms a fault has, and the targets it makes sense for.</summary>
internal static class FaultVariants
{
    public const string Timeout = "timeout";
    public const string ServerError = "5xx";
    public const string Reset = "reset";
    public const string Request = "request";
    public const string Answer = "answer";

    private static readonly string[] None = [];
    private static readonly string[] LostAck = [Timeout, ServerError, Reset];
    private static readonly string[] Delay = [Request, Answer];

    /// <summary>The variants of a fault.</summary>
    /// <param name="fault">The fault.</param>
    /// <returns>The default first; empty when there is one form only.</returns>
    public static IReadOnlyList<string> Of(FaultKind fault) => fault switch
    {
        FaultKind.LostAck => LostAck,
        FaultKind.Delay => Delay,
        FaultKind.HostilePrice => HostileText.PriceVariants,
        FaultKind.HostileJson => HostileText.JsonVariants,
        _ => None,
    };

    /// <summary>Whether a fault can strike a target.</summary>
    /// <param name="fault">The fault.</param>
    /// <param name="target">The target.</param>
    /// <returns>False for, say, a sequence gap on a REST request.</returns>
    public static bool Fits(FaultKind fault, FaultTarget target)
    {
        bool socket = target is FaultTarget.MarketSocket or FaultTarget.UserSocket;
        return fault switch
        {
            FaultKind.LostAck or FaultKind.ServerError or FaultKind.TooManyRequests => !socket,
            FaultKind.SequenceGap or FaultKind.Stall or FaultKind.HalfOpen or FaultKind.Mute => socket,
            FaultKind.Stale => socket || target == FaultTarget.Query,
            _ => true,
        };
    }
}
