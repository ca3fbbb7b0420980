using System.Text;

namespace LowLatencyPortfolio.Exchanges.Replay;

/// <summary>Foreign bytes made fit for a one-line message: printable ASCII, at most 40 characters.</summary>
internal static class Quotable
{
    private const int MaxLength = 40;

    public static string Of(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder(MaxLength + 3);
        foreach (byte b in bytes[..Math.Min(bytes.Length, MaxLength)])
        {
            text.Append(b is >= 0x20 and < 0x7F ? (char)b : '?');
        }

        return text.Append(bytes.Length > MaxLength ? "..." : string.Empty).ToString();
    }
}
