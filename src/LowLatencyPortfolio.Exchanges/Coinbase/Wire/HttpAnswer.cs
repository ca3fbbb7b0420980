using System.Buffers.Text;
using System.Text;

namespace LowLatencyPortfolio.Exchanges.Coinbase;

/// <summary>Reads one HTTP/1.1 answer into a buffer that is kept.</summary>
/// <remarks>
/// Thread: its connection's. Allocation: none while answers fit <c>64 KiB</c>; the buffer then grows once, up to <see
/// cref="MaxBytes"/>. What is not HTTP/1.1 as RFC 9112 says ends in an <see cref="InvalidDataException"/>.
/// </remarks>
internal sealed class HttpAnswer
{
    /// <summary>Most bytes of an answer.</summary>
    public const int MaxBytes = 1024 * 1024;

    private byte[] _buffer = new byte[64 * 1024];
    private int _filled;
    private int _bodyStart;
    private int _bodyLength;

    /// <summary>Three digits; 0 before the first answer.</summary>
    public int Status { get; private set; }

    /// <summary>Whether the connection may take another request.</summary>
    public bool KeepsAlive { get; private set; }

    /// <summary>Requests per period that the venue allows, from its header; −1 when it does not say.</summary>
    public long RateLimit { get; private set; }

    /// <summary>Requests that are left in the period, from its header; −1 when it does not say.</summary>
    public long RateRemaining { get; private set; }

    /// <summary>
    /// Seconds, or the Unix time in seconds, when the period ends, from its header; −1 when not said.
    /// </summary>
    public long RateReset { get; private set; }

    public ReadOnlySpan<byte> Body => _buffer.AsSpan(_bodyStart, _bodyLength);

    /// <summary>Reads an answer to its last byte.</summary>
    /// <param name="stream">Read until the answer is whole.</param>
    /// <exception cref="IOException">The connection ended or failed before.</exception>
    /// <exception cref="InvalidDataException">It is no answer, or too long.</exception>
    public void Read(Stream stream)
    {
        _filled = 0;
        do
        {
            ReadHead(stream);
        }
        while (Status is >= 100 and < 200);
    }

    private void ReadHead(Stream stream)
    {
        int start = _bodyStart = Status is >= 100 and < 200 && _filled > 0 ? _bodyStart : 0;
        int end;
        while ((end = _buffer.AsSpan(start, _filled - start).IndexOf("\r\n\r\n"u8)) < 0)
        {
            Fill(stream);
        }

        KeepsAlive = true;
        RateLimit = RateRemaining = RateReset = -1;
        long length = -1;
        bool isChunked = false;
        ReadOnlySpan<byte> head = _buffer.AsSpan(start, end);
        Status = StatusOf(head);
        int line = head.IndexOf("\r\n"u8);
        while (line >= 0)
        {
            head = head[(line + 2)..];
            line = head.IndexOf("\r\n"u8);
            Take(line < 0 ? head : head[..line], ref length, ref isChunked);
        }

        _bodyStart = start + end + 4;
        ReadBody(stream, length, isChunked);
    }

    private static int StatusOf(ReadOnlySpan<byte> head) =>
        head.Length >= 12 && head.StartsWith("HTTP/1."u8) && head[8] == ' '
            && Utf8Parser.TryParse(head[9..12], out int status, out int used) && used == 3 && status >= 100
            ? status
            : throw new InvalidDataException("what came back is not an HTTP/1.1 answer");

    private void Take(ReadOnlySpan<byte> line, ref long length, ref bool isChunked)
    {
        int colon = line.IndexOf((byte)':');
        if (colon <= 0)
        {
            throw new InvalidDataException("a header of the answer has no name");
        }

        ReadOnlySpan<byte> name = line[..colon];
        ReadOnlySpan<byte> value = line[(colon + 1)..].Trim(" \t"u8);
        if (Ascii.EqualsIgnoreCase(name, "content-length"u8))
        {
            length = NumberOf(value);
            if (length is < 0 or > MaxBytes)
            {
                throw new InvalidDataException("the length of the answer is not believable");
            }
        }
        else if (Ascii.EqualsIgnoreCase(name, "transfer-encoding"u8))
        {
            isChunked = Ascii.EqualsIgnoreCase(value, "chunked"u8);
        }
        else if (Ascii.EqualsIgnoreCase(name, "connection"u8))
        {
            KeepsAlive = !Ascii.EqualsIgnoreCase(value, "close"u8);
        }
        else if (Ascii.EqualsIgnoreCase(name, "x-ratelimit-limit"u8))
        {
            RateLimit = NumberOf(value);
        }
        else if (Ascii.EqualsIgnoreCase(name, "x-ratelimit-remaining"u8))
        {
            RateRemaining = NumberOf(value);
        }
        else if (Ascii.EqualsIgnoreCase(name, "x-ratelimit-reset"u8))
        {
            RateReset = NumberOf(value);
        }
    }

    private static long NumberOf(ReadOnlySpan<byte> text) =>
        Utf8Parser.TryParse(text, out long number, out int used) && used == text.Length && number >= 0 ? number : -1;

    private void ReadBody(Stream stream, long length, bool isChunked)
    {
        _bodyLength = 0;
        if (Status is < 200 or 204 or 304)
        {
            return;
        }

        if (isChunked)
        {
            ReadChunks(stream);
            return;
        }

        if (length < 0)
        {
            throw new InvalidDataException("the answer does not say how long it is");
        }

        while (_filled - _bodyStart < length)
        {
            Fill(stream);
        }

        _bodyLength = (int)length;
        KeepsAlive &= _filled == _bodyStart + _bodyLength;     // what follows was never asked for
    }

    // The pieces are moved together where they stand: a body is never longer than its chunks.
    private void ReadChunks(Stream stream)
    {
        int at = _bodyStart;
        while (true)
        {
            int line;
            while ((line = _buffer.AsSpan(at, _filled - at).IndexOf("\r\n"u8)) < 0)
            {
                Fill(stream);
            }

            int size = ChunkSize(_buffer.AsSpan(at, line));
            at += line + 2;
            while (_filled < at + size + 2)
            {
                Fill(stream);
            }

            if (size == 0)
            {
                KeepsAlive &= _filled == at + 2;        // trailers are not understood: not another request on this one
                return;
            }

            _buffer.AsSpan(at, size).CopyTo(_buffer.AsSpan(_bodyStart + _bodyLength));
            _bodyLength += size;
            at += size + 2;
        }
    }

    private static int ChunkSize(ReadOnlySpan<byte> line)
    {
        int semicolon = line.IndexOf((byte)';');
        ReadOnlySpan<byte> digits = (semicolon < 0 ? line : line[..semicolon]).Trim((byte)' ');
        return Utf8Parser.TryParse(digits, out int size, out int used, 'X') && used == digits.Length
            && size is >= 0 and <= MaxBytes
            ? size
            : throw new InvalidDataException("a chunk of the answer has no believable length");
    }

    private void Fill(Stream stream)
    {
        if (_filled == _buffer.Length)
        {
            if (_buffer.Length >= MaxBytes)
            {
                throw new InvalidDataException("the answer is too long");
            }

            Array.Resize(ref _buffer, _buffer.Length * 4);
        }

        int read = stream.Read(_buffer, _filled, _buffer.Length - _filled);
        _filled += read > 0 ? read : throw new IOException("the connection ended before the answer did");
    }
}
