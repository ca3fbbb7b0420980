using System.Net.Sockets;
using LowLatencyPortfolio.Exchanges.Coinbase.Feed;

namespace LowLatencyPortfolio.Exchanges.Coinbase;

/// <summary>
/// A socket as a stream whose asynchronous methods complete before they return, so that TLS and WebSocket on top of it
/// run on the caller's thread and leave no garbage.
/// </summary>
/// <remarks>
/// Thread: one at a time. Allocation: none a read or write. While nothing arrives it calls <paramref name="onWait"/>,
/// which ends the wait by throwing; in <see cref="FeedReceiveMode.Blocking"/> before each read too, so that a peer that
/// drips bytes does not outlive a deadline. A feed's socket must never have been used asynchronously: the runtime would
/// register it with its own event thread, which then wakes for each packet.
/// </remarks>
/// <param name="socket">Connected, not blocking; the stream owns it.</param>
/// <param name="mode">How to wait for bytes.</param>
/// <param name="onWait">Looks at the clock.</param>
internal sealed class SocketStream(Socket socket, FeedReceiveMode mode, Action onWait) : ForwardStream
{
    private const int PollMicroseconds = 50_000;
    private const int SpinsPerLook = 64;        // a look at the clock costs as much as a few polls
    private const int PausesPerSpin = 4;

    public override bool CanWrite => true;

    public override int Read(Span<byte> buffer)
    {
        int spins = 0;
        if (mode == FeedReceiveMode.Blocking)
        {
            onWait();
        }

        while (true)
        {
            int count = socket.Receive(buffer, SocketFlags.None, out SocketError error);
            if (error == SocketError.Success)
            {
                return count;
            }

            ThrowUnlessWaiting(error);
            if (mode == FeedReceiveMode.Blocking)
            {
                if (!socket.Poll(PollMicroseconds, SelectMode.SelectRead))
                {
                    onWait();
                }
            }
            else if (++spins % SpinsPerLook == 0)
            {
                onWait();
            }
            else
            {
                Thread.SpinWait(PausesPerSpin);
            }
        }
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            int count = socket.Send(buffer, SocketFlags.None, out SocketError error);
            if (error == SocketError.Success)
            {
                buffer = buffer[count..];
                continue;
            }

            ThrowUnlessWaiting(error);
            if (!socket.Poll(PollMicroseconds, SelectMode.SelectWrite))
            {
                onWait();
            }
        }
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        new(Read(buffer.Span));

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        Task.FromResult(Read(buffer.AsSpan(offset, count)));

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Write(buffer.Span);
        return ValueTask.CompletedTask;
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        Write(buffer.AsSpan(offset, count));
        return Task.CompletedTask;
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            socket.Dispose();
        }

        base.Dispose(disposing);
    }

    private static void ThrowUnlessWaiting(SocketError error)
    {
        if (error is not (SocketError.WouldBlock or SocketError.IOPending or SocketError.Interrupted))
        {
            throw new IOException($"the connection broke: {error}", new SocketException((int)error));
        }
    }
}
