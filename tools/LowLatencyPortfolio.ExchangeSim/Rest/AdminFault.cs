namespace LowLatencyPortfolio.ExchangeSim.Rest;

/// <summary>One <see cref="VenueFault"/> as an admin request writes it.</summary>
internal sealed record AdminFault(
    VenueFaultKind? Kind = null,
    decimal Probability = 1m,
    IReadOnlyList<int>? Occurrences = null,
    string? ProductId = null,
    decimal Fraction = 1m,
    decimal DelayMs = 1000m,
    string? Configuration = null,
    string? Code = null)
{
    /// <exception cref="RequestFault">A value outside its range.</exception>
    public VenueFault Checked()
    {
        if (Kind is not { } kind)
            throw new RequestFault($"kind must be one of {AdminJson.FaultNames}");
        if (Probability is < 0 or > 1)
            throw new RequestFault($"probability must be from 0 to 1, not {WireText.Number(Probability)}");
        if (Fraction is <= 0 or > 1)
            throw new RequestFault($"fraction must be above 0 and at most 1, not {WireText.Number(Fraction)}");
        if (DelayMs is < 0 or > 86_400_000)
            throw new RequestFault($"delay_ms must be from 0 to 86400000, not {WireText.Number(DelayMs)}");
        long delayNs = (long)(DelayMs * 1_000_000);
        return new VenueFault(kind, Probability, Occurrences, ProductId, Fraction, delayNs, Configuration, Code);
    }
}
