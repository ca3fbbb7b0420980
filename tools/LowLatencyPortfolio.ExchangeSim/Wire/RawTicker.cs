using System.Buffers;
using System.Buffers.Text;

namespace LowLatencyPortfolio.ExchangeSim.Wire;

/// <summary>
/// The ticker of one connection to the raw port: a complete WebSocket text frame as a server sends it, in which only
/// the price and the running number change, so that every frame has the same length.
/// </summary>
/// <remarks>Thread: one. Allocation: none after construction.</remarks>
internal sealed class RawTicker
{
    /// <summary>The first price, cents: odd, as all that follow, so that no trailing zero is ever left out.</summary>
    private const long FirstCents = 1_000_001;

    private const long LastCents = 9_999_999;
    private const long StepCents = 2;
    private const long FirstNumber = 1_000_000_000;

    private readonly byte[] _frame;
    private readonly int _wholeAt;
    private readonly int _centsAt;
    private readonly int _numberAt;
    private long _cents = FirstCents - StepCents;
    private long _number = FirstNumber - 1;

    public RawTicker()
    {
        byte[] events = Text.MarketText.Ticker(
            "update",
            new MarketView("BTC-USD", FirstCents / 100m, 10_000m, 10_000.02m, 0.00310335m, 11_005.02m, 9_001m,
                66_100m, 9_000m, 1_068_571_991, 0),
            (8_460m, 126_000m), withBook: true);
        byte[] payload = Text.Envelope.Wrap("ticker", 1_786_309_475_345_704_000, FirstNumber, events);
        // FIN and text; a payload of 126 to 65535 bytes has its length in two bytes; a server does not mask.
        _frame = [0x81, 126, (byte)(payload.Length >> 8), (byte)payload.Length, .. payload];
        _wholeAt = After("\"price\":\""u8);
        _centsAt = _wholeAt + "10000.".Length;
        _numberAt = After("\"sequence_num\":"u8);
    }

    /// <summary>The newest frame; valid until the next.</summary>
    public ReadOnlySpan<byte> Newest => _frame;

    /// <summary>Moves on by one ticker: two cents up, and from 99,999.99 back to 10,000.01.</summary>
    /// <returns>Its frame.</returns>
    public ReadOnlySpan<byte> Next()
    {
        _cents = _cents + StepCents > LastCents ? FirstCents : _cents + StepCents;
        _number++;
        _ = Utf8Formatter.TryFormat(_cents / 100, _frame.AsSpan(_wholeAt), out _);
        _ = Utf8Formatter.TryFormat(_cents % 100, _frame.AsSpan(_centsAt), out _, new StandardFormat('D', 2));
        _ = Utf8Formatter.TryFormat(_number, _frame.AsSpan(_numberAt), out _);
        return _frame;
    }

    private int After(ReadOnlySpan<byte> name) => _frame.AsSpan().IndexOf(name) + name.Length;
}
