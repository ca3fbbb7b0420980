namespace LowLatencyPortfolio.ExchangeSim.Wire.Connection;

/// <summary>The bytes of an upgraded connection, with a gate: shut, nothing comes in and nothing goes out while the
/// connection stays open, as when a router in between forgot it.</summary>
/// <param name="inner">The connection.</param>
/// <param name="cut">Ends the connection with a reset.</param>
/// <remarks>Thread: one reader and one writer; the gate any.</remarks>
internal sealed class GatedStream(Stream inner, Action cut) : Stream
{
    private readonly CancellationTokenSource _shut = new();

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Shuts the gate for good: half-open.</summary>
    public void Shut() => _shut.Cancel();

    /// <summary>Ends the connection with a reset.</summary>
    public void Cut() => cut();

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(_shut.Token, cancellationToken);
        try
        {
            return await inner.ReadAsync(buffer, either.Token);
        }
        catch (OperationCanceledException) when (_shut.IsCancellationRequested)
        {
            // Shut: nobody hears the other side any more, until the server itself gives up.
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return 0;
        }
    }

    /// <inheritdoc/>
    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
        _shut.IsCancellationRequested ? ValueTask.CompletedTask : inner.WriteAsync(buffer, cancellationToken);

    /// <inheritdoc/>
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc/>
    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc/>
    public override Task FlushAsync(CancellationToken cancellationToken) =>
        _shut.IsCancellationRequested ? Task.CompletedTask : inner.FlushAsync(cancellationToken);

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => inner.Read(buffer, offset, count);

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count)
    {
        if (!_shut.IsCancellationRequested)
        {
            inner.Write(buffer, offset, count);
        }
    }

    /// <inheritdoc/>
    public override void Flush() => inner.Flush();

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
            _shut.Dispose();
        }

        base.Dispose(disposing);
    }
}
