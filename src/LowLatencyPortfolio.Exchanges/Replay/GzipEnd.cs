using System.IO.Compression;

namespace LowLatencyPortfolio.Exchanges.Replay;

/// <summary>
/// A file's bytes followed by one more gzip member that holds a single mark. Decompressed, the mark comes out last
/// exactly when the member before it was complete.
/// </summary>
/// <remarks>
/// <see cref="GZipStream"/> ends silently where a truncated file ends (unless a process-wide switch is set, which a
/// library must not do), and the length in the trailer is of the last member only, so files of several members could
/// not be checked by it.
/// </remarks>
internal sealed class GzipEnd(Stream file) : ForwardStream
{
    /// <summary>The byte of the added member: ASCII SUB, which no CSV file holds.</summary>
    public const byte Mark = 0x1A;

    private static readonly byte[] s_member = Compress();

    private int _given;

    public override bool CanWrite => false;

    public override int Read(Span<byte> buffer)
    {
        int read = file.Read(buffer);
        if (read > 0)
        {
            return read;
        }

        ReadOnlySpan<byte> rest = s_member.AsSpan(_given);
        int taken = Math.Min(rest.Length, buffer.Length);
        rest[..taken].CopyTo(buffer);
        _given += taken;
        return taken;
    }

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            file.Dispose();
        }

        base.Dispose(disposing);
    }

    private static byte[] Compress()
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest))
        {
            gzip.WriteByte(Mark);
        }

        return compressed.ToArray();
    }
}
