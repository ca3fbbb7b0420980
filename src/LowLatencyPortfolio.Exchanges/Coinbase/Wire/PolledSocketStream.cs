using System.Diagnostics;
using System.Net.Sockets;

namespace LowLatencyPortfolio.Exchanges.Coinbase;

/// <summary>A connected socket as a stream that waits for data by polling, and not beyond a deadline.</summary>
/// <remarks>
/// Thread: one at a time. Allocation: none. A read of the framework's own stream that has to wait makes an object for
/// the wait (120 bytes), because the socket was connected asynchronously; after a poll there is nothing to wait for.
/// The deadline is for the whole exchange: a peer that drips bytes does not hold a connection.
/// </remarks>
internal sealed class PolledSocketStream(Socket socket) : Stream
{
    private const int MicrosecondsPerMillisecond = 1_000;
    private const int LongestPollMs = 1_000_000;

    private long _begun = Stopwatch.GetTimestamp();
    private TimeSpan _limit = Timeout.InfiniteTimeSpan;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Starts the time within which everything up to the next call has to be read.</summary>
    public void StartDeadline(TimeSpan limit)
    {
        _begun = Stopwatch.GetTimestamp();
        _limit = limit;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <exception cref="IOException">Time is up, or the connection failed.</exception>
    public override int Read(Span<byte> buffer)
    {
        double leftMs = (_limit - Stopwatch.GetElapsedTime(_begun)).TotalMilliseconds;
        int pollMs = (int)Math.Clamp(leftMs, 0, LongestPollMs);
        if (leftMs <= 0 || !socket.Poll(pollMs * MicrosecondsPerMillisecond, SelectMode.SelectRead))
        {
            throw new IOException("the answer did not come in time");
        }

        int read = socket.Receive(buffer, SocketFlags.None, out SocketError error);
        return error == SocketError.Success ? read : throw new IOException("the connection failed: " + error);
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <exception cref="IOException">The connection failed.</exception>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            int sent = socket.Send(buffer, SocketFlags.None, out SocketError error);
            if (error != SocketError.Success)
            {
                throw new IOException("the connection failed: " + error);
            }

            buffer = buffer[sent..];
        }
    }

    public override void Flush()
    {
        // Nothing is held back.
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
