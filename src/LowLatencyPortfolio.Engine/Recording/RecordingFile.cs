using System.Buffers.Binary;
using System.Text.Json;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Engine.Recording;

/// <summary>Reads a recording from its beginning to its end, or to where it was broken off.</summary>
/// <remarks>Thread: one. Allocation: none an event.</remarks>
internal sealed class RecordingFile : IDisposable
{
    private readonly FileStream _file;
    private readonly byte[] _buffer = new byte[256 * 1024];
    private long _offset;
    private int _next;
    private int _filled;

    private RecordingFile(FileStream file, RecordingSetup setup, PairSetup[] pairs, byte[] state)
    {
        _file = file;
        Setup = setup;
        Pairs = pairs;
        State = state;
        _offset = file.Position;
    }

    public RecordingSetup Setup { get; }

    public PairSetup[] Pairs { get; }

    /// <summary>State of the stages before the first event.</summary>
    public ReadOnlyMemory<byte> State { get; }

    /// <summary>What the recorded run came to; null before its end was read, and when it has none.</summary>
    public RecordingEnd? End { get; private set; }

    /// <summary>Why there is no more although there is no end; null while nothing is wrong.</summary>
    public string? Fault { get; private set; }

    /// <exception cref="RecordingException">It is not a recording, or not one that can be read here.</exception>
    public static RecordingFile Open(string path)
    {
        FileStream? file = null;
        try
        {
            file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
            return Read(file, path);
        }
        catch (RecordingException)
        {
            file?.Dispose();
            throw;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            file?.Dispose();
            throw new RecordingException($"{path}: cannot be read: {e.Message.ReplaceLineEndings(" ")}", e);
        }
    }

    /// <summary>The next event's record; false at the end.</summary>
    public bool TryRead(out ReadOnlySpan<byte> record)
    {
        record = default;
        if (End is not null || Fault is not null)
        {
            return false;
        }

        if (!Has(RecordingFormat.LineBytes))
        {
            Fault = _next == _filled
                ? "it has no end, so its run was broken off"
                : $"its last record, at byte {_offset}, is cut off";
            return false;
        }

        byte kind = _buffer[_next];
        int length = RecordingFormat.HasSecondLine(kind) ? RecordingFormat.LongestRecord : RecordingFormat.LineBytes;
        if (!Has(length))
        {
            Fault = $"its last record, at byte {_offset}, is cut off";
            return false;
        }

        record = _buffer.AsSpan(_next, length);
        if (kind == RecordingFormat.EndKind)
        {
            End = new RecordingEnd(
                BinaryPrimitives.ReadUInt64LittleEndian(record[8..]),
                BinaryPrimitives.ReadInt64LittleEndian(record[16..]),
                BinaryPrimitives.ReadInt64LittleEndian(record[24..]));
            return false;
        }

        if (!IsSound(record))
        {
            Fault = $"its record at byte {_offset} is damaged";
            return false;
        }

        _next += length;
        _offset += length;
        return true;
    }

    public void Dispose() => _file.Dispose();

    private static RecordingFile Read(FileStream file, string path)
    {
        byte[] prefix = new byte[RecordingFormat.PrefixBytes];
        int read = file.ReadAtLeast(prefix, prefix.Length, throwOnEndOfStream: false);
        ReadOnlySpan<byte> magic = RecordingFormat.Magic;
        if (read < magic.Length || !prefix.AsSpan(0, magic.Length).SequenceEqual(magic))
        {
            throw new RecordingException($"{path}: is not a recording of llp run --record");
        }

        int version = read < 12 ? 0 : BinaryPrimitives.ReadInt32LittleEndian(prefix.AsSpan(8));
        if (version > RecordingFormat.Version)
        {
            throw new RecordingException(
                $"{path}: is a recording of version {version}, this program knows {RecordingFormat.Version}; "
                + "use the program that wrote it");
        }

        long setupBytes = BinaryPrimitives.ReadInt32LittleEndian(prefix.AsSpan(12));
        long stateBytes = BinaryPrimitives.ReadInt32LittleEndian(prefix.AsSpan(16));
        if (read < prefix.Length || version < 1 || setupBytes < 0 || stateBytes < 0
            || file.Length - read < setupBytes + stateBytes)
        {
            throw new RecordingException($"{path}: is cut off in its heading; nothing of the run is left");
        }

        byte[] setup = new byte[setupBytes];
        byte[] state = new byte[stateBytes];
        file.ReadExactly(setup);
        file.ReadExactly(state);
        try
        {
            RecordingSetup understood = JsonSerializer.Deserialize<RecordingSetup>(setup)
                ?? throw new InvalidDataException("it is empty");
            return new RecordingFile(file, understood, understood.Arrange(), state);
        }
        catch (Exception e) when (e is JsonException or InvalidDataException)
        {
            throw new RecordingException(
                $"{path}: its heading is damaged: {e.Message.ReplaceLineEndings(" ")}", e);
        }
    }

    // The stages trust their producers; a file is trusted no further than it must be.
    private bool IsSound(ReadOnlySpan<byte> record)
    {
        EventKind kind = (EventKind)record[0];
        int product = BinaryPrimitives.ReadInt32LittleEndian(record[4..]);
        bool needsPair = kind is EventKind.Tick or EventKind.EntryCommand or EventKind.OrderReport
            or EventKind.IntentDurable or EventKind.IntentFailed or EventKind.ProductChanged or EventKind.Coins
            or EventKind.GroupsChanged;
        long group = kind == EventKind.GroupsChanged ? BinaryPrimitives.ReadInt64LittleEndian(record[32..]) : 0;
        return kind is > EventKind.None and <= EventKind.GroupsChanged
            && product >= (needsPair ? 0 : -1) && product < Pairs.Length && group >= 0 && group < Pairs.Length;
    }

    private bool Has(int bytes)
    {
        if (_filled - _next >= bytes)
        {
            return true;
        }

        _buffer.AsSpan(_next, _filled - _next).CopyTo(_buffer);
        (_next, _filled) = (0, _filled - _next);
        _filled += _file.ReadAtLeast(_buffer.AsSpan(_filled), bytes - _filled, throwOnEndOfStream: false);
        return _filled >= bytes;
    }
}
