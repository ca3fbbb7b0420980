using System.IO.Compression;
using System.Security.Cryptography;

namespace LowLatencyPortfolio.Exchanges.Replay;

/// <summary>The lines of one file, plain or gzip (told by the first two bytes), through one buffer that belongs to the
/// caller.</summary>
/// <remarks>Allocation: when the file is opened; none per line.</remarks>
internal sealed class CsvLines : IDisposable
{
    public const int MaxLineBytes = 64 * 1024;
    public const int BufferBytes = 2 * MaxLineBytes;

    private readonly string _path;
    private readonly byte[] _buffer;
    private readonly IncrementalHash? _hash;
    private readonly Stream _stream;
    private readonly bool _gzip;
    private int _start;
    private int _end;
    private bool _ended;

    public CsvLines(string path, byte[] buffer, IncrementalHash? hash = null)
    {
        _path = path;
        _buffer = buffer;
        _hash = hash;
        FileStream file = Open(path);
        try
        {
            Span<byte> magic = stackalloc byte[2];
            _gzip = file.ReadAtLeast(magic, 2, throwOnEndOfStream: false) == 2 && magic[0] == 0x1F && magic[1] == 0x8B;
            file.Position = 0;
        }
        catch (IOException fault)
        {
            file.Dispose();
            throw Unreadable(path, fault);
        }

        _stream = _gzip ? new GZipStream(new GzipEnd(file), CompressionMode.Decompress) : file;
    }

    /// <summary>Number of the line read last, from 1.</summary>
    public long LineNumber { get; private set; }

    /// <summary>Takes the next line, without its end; a carriage return at its end is taken off.</summary>
    /// <returns>False at the end of the file.</returns>
    public bool TryRead(out ReadOnlySpan<byte> line)
    {
        while (true)
        {
            ReadOnlySpan<byte> waiting = _buffer.AsSpan(_start, _end - _start);
            int length = waiting.IndexOf((byte)'\n');
            int taken = length + 1;
            if (length < 0 && _ended && waiting.Length > 0)
            {
                length = taken = waiting.Length;
            }

            if (length > MaxLineBytes || (length < 0 && waiting.Length > MaxLineBytes))
            {
                throw new ReplayDataException($"{_path}: line {LineNumber + 1}: longer than {MaxLineBytes} bytes");
            }

            if (length >= 0)
            {
                _start += taken;
                LineNumber++;
                line = length > 0 && waiting[length - 1] == '\r' ? waiting[..(length - 1)] : waiting[..length];
                return true;
            }

            if (_ended)
            {
                line = default;
                return false;
            }

            Refill();
        }
    }

    public void Dispose() => _stream.Dispose();

    private static FileStream Open(string path)
    {
        try
        {
            return new FileStream(
                path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 64 * 1024,
                FileOptions.SequentialScan);
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new ReplayDataException($"{path}: no such file", fault);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(path, fault);
        }
    }

    private static ReplayDataException Unreadable(string path, Exception fault) =>
        new($"{path}: cannot be read: {fault.Message.ReplaceLineEndings(" ")}", fault);

    private void Refill()
    {
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        _end -= _start;
        _start = 0;
        int read = ReadSome(_buffer.AsSpan(_end));
        _hash?.AppendData(_buffer, _end, read);
        _end += read;
        if (read > 0)
        {
            return;
        }

        _ended = true;
        if (_gzip)
        {
            TakeOffMark();
        }
    }

    private int ReadSome(Span<byte> room)
    {
        try
        {
            return _stream.Read(room);
        }
        catch (InvalidDataException fault)
        {
            throw new ReplayDataException(
                $"{_path}: the gzip data is damaged or truncated, noticed after line {LineNumber}", fault);
        }
        catch (IOException fault)
        {
            throw Unreadable(_path, fault);
        }
    }

    private void TakeOffMark()
    {
        if (_end == 0 || _buffer[_end - 1] != GzipEnd.Mark)
        {
            throw new ReplayDataException($"{_path}: the gzip data is truncated, noticed after line {LineNumber}");
        }

        _end--;
    }
}
