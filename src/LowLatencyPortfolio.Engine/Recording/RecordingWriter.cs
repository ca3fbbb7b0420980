using System.Buffers.Binary;
using System.Text.Json;
using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Engine.Recording;

/// <summary>Writes what producers publish into a file, so that the session can be played again bit for bit.</summary>
/// <remarks>
/// Thread: made and ended by the thread that starts and stops the pipeline; <see cref="Record"/> by the ring's.
/// Allocation: none an event. A write that fails ends the recording and nothing else: see <see cref="Fault"/>. What was
/// recorded before a crash is readable up to the last full buffer, 256 KiB.
/// </remarks>
public sealed class RecordingWriter : IEventRecorder, IDisposable
{
    private const int BufferBytes = 256 * 1024;

    private readonly FileStream _file;
    private readonly byte[] _buffer = new byte[BufferBytes];
    private int _used;
    private long _events;
    private long _ticks;
    private bool _hasBegun;
    private bool _isBroken;

    private RecordingWriter(string path, FileStream file)
    {
        Path = path;
        _file = file;
    }

    /// <summary>Absolute path of the file.</summary>
    public string Path { get; }

    /// <summary>Why the recording is not complete; null while it is.</summary>
    public string? Fault { get; private set; }

    /// <summary>Makes the file, or opens an older recording, whose place is taken at <see cref="Begin"/>.</summary>
    /// <param name="path">The file; its folder must exist.</param>
    /// <returns>Give it to the pipeline, then <see cref="Begin"/> before anything is published.</returns>
    /// <exception cref="IOException">
    /// It cannot be written, or there is a file that is not a recording, which is left alone.
    /// </exception>
    /// <exception cref="UnauthorizedAccessException">It must not be written.</exception>
    public static RecordingWriter Create(string path)
    {
        string full = System.IO.Path.GetFullPath(path);
        FileStream file = new(full, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, bufferSize: 0);
        Span<byte> start = stackalloc byte[RecordingFormat.Magic.Length];
        int read = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        if (read > 0 && !start[..read].SequenceEqual(RecordingFormat.Magic))
        {
            file.Dispose();
            throw new IOException($"{full} is not a recording and is left alone; name another file for the recording");
        }

        return new RecordingWriter(full, file);
    }

    /// <summary>Writes what the pipeline is made of and where it stands; before anything is published.</summary>
    /// <param name="engineId">The engine's part of its order ids.</param>
    /// <param name="portfolio">The pipeline's limits.</param>
    /// <param name="pipeline">The pipeline, its state restored.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Begin(string engineId, PortfolioConfig portfolio, TradingPipeline pipeline)
    {
        ArgumentNullException.ThrowIfNull(portfolio);
        ArgumentNullException.ThrowIfNull(pipeline);
        byte[] setup = JsonSerializer.SerializeToUtf8Bytes(RecordingSetup.Of(engineId, portfolio, pipeline));
        CheckpointWriter state = new();
        pipeline.Save(state);
        byte[] prefix = new byte[RecordingFormat.PrefixBytes];
        RecordingFormat.Magic.CopyTo(prefix);
        BinaryPrimitives.WriteInt32LittleEndian(prefix.AsSpan(8), RecordingFormat.Version);
        BinaryPrimitives.WriteInt32LittleEndian(prefix.AsSpan(12), setup.Length);
        BinaryPrimitives.WriteInt32LittleEndian(prefix.AsSpan(16), state.Length);
        _file.SetLength(0);
        _file.Position = 0;
        _file.Write(prefix);
        _file.Write(setup);
        _file.Write(state.Written.Span);
        _hasBegun = true;
    }

    /// <inheritdoc/>
    public void Record(in TradingEvent e)
    {
        ReadOnlySpan<byte> part = RecordingFormat.ProducerPart(in e);
        if (_buffer.Length - _used < part.Length)
        {
            Flush();
        }

        part.CopyTo(_buffer.AsSpan(_used));
        _used += part.Length;
        _events++;
        _ticks += e.Kind == EventKind.Tick ? 1 : 0;
    }

    /// <summary>Writes the end, with what the run came to; the pipeline has been stopped.</summary>
    /// <param name="hash">The pipeline's.</param>
    public void Complete(StateHash hash)
    {
        if (!_hasBegun)
        {
            return;
        }

        Span<byte> end = stackalloc byte[RecordingFormat.LineBytes];
        end.Clear();
        end[0] = RecordingFormat.EndKind;
        BinaryPrimitives.WriteUInt64LittleEndian(end[8..], hash.Value);
        BinaryPrimitives.WriteInt64LittleEndian(end[16..], _events);
        BinaryPrimitives.WriteInt64LittleEndian(end[24..], _ticks);
        if (_buffer.Length - _used < end.Length)
        {
            Flush();
        }

        end.CopyTo(_buffer.AsSpan(_used));
        _used += end.Length;
        _hasBegun = false;
        Flush();
    }

    /// <summary>Writes what is buffered and closes the file; without <see cref="Complete"/> it has no end.</summary>
    public void Dispose()
    {
        if (_file.CanWrite)
        {
            Flush();
            bool isUnused = _file.Length == 0;      // the run was refused before it began
            _file.Dispose();
            if (isUnused)
            {
                File.Delete(Path);
            }
        }
    }

    private void Flush()
    {
        try
        {
            if (!_isBroken)
            {
                _file.Write(_buffer, 0, _used);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ObjectDisposedException)
        {
            // Trading is worth more than its recording: the rest is not kept, and the end is told.
            _isBroken = true;
            Fault = $"the recording {Path} is broken off: {e.Message.ReplaceLineEndings(" ")}";
        }

        _used = 0;
    }
}
