using System.Buffers.Text;

namespace LowLatencyPortfolio.Exchanges.Coinbase;

/// <summary>One request as it goes to the socket in one write: a signed head, then a body of fixed and patched
/// parts.</summary>
/// <remarks>Thread: its worker's. Allocation: none after construction.</remarks>
internal sealed class RequestBuffer
{
    private const int Capacity = 8 * 1024;

    private readonly byte[] _bytes = new byte[Capacity];
    private int _length;
    private int _bodyStart;
    private int _lengthOffset;

    /// <summary>The request so far.</summary>
    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, _length);

    /// <summary>The body so far.</summary>
    public ReadOnlySpan<byte> Body => _bytes.AsSpan(_bodyStart, _length - _bodyStart);

    /// <summary>Starts anew with a head.</summary>
    public RequestBuffer Begin(SignedHead head)
    {
        byte[] signed = head.Bytes;
        signed.CopyTo(_bytes, 0);
        _length = signed.Length;
        _bodyStart = _length;
        _lengthOffset = head.LengthOffset;
        return this;
    }

    public RequestBuffer Add(ReadOnlySpan<byte> text)
    {
        text.CopyTo(_bytes.AsSpan(_length));
        _length += text.Length;
        return this;
    }

    public RequestBuffer AddNumber(long number)
    {
        _ = Utf8Formatter.TryFormat(number, _bytes.AsSpan(_length), out int written);
        _length += written;
        return this;
    }

    public RequestBuffer AddUnits(long units, int decimals)
    {
        _length += UnitText.Write(units, decimals, _bytes.AsSpan(_length));
        return this;
    }

    /// <summary>Patches the length of the body into the head.</summary>
    public void End()
    {
        int length = _length - _bodyStart;
        for (int i = SignedHead.LengthDigits - 1; i >= 0; i--)
        {
            (length, int digit) = Math.DivRem(length, 10);
            _bytes[_lengthOffset + i] = (byte)('0' + digit);
        }
    }
}
