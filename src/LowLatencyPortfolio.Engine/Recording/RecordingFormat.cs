using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Engine.Recording;

/// <summary>How a recording lies in its file.</summary>
/// <remarks>
/// <code>
///   0  "LLP-REC" and a line feed          8 bytes
///   8  version                            i32
///  12  length of the set-up, s            i32
///  16  length of the state, t             i32
///  20  set-up: JSON, UTF-8                s bytes
///      state of the stages at the start   t bytes, as a checkpoint has it
///      records, one an event:  a tick 64 bytes (line 0), anything else 128 bytes (lines 0 and 1)
///      end: 64 bytes: 255, 7 zeros, state hash (u64), events (i64), ticks (i64), zeros
/// </code>
/// Numbers are little-endian; lines are those of <see cref="TradingEvent"/>. A recording without its end was broken
/// off.
/// </remarks>
internal static class RecordingFormat
{
    public const int Version = 3;

    public const int PrefixBytes = 20;

    public const int LineBytes = 64;

    public const int LongestRecord = 2 * LineBytes;

    public const byte EndKind = 255;

    public static ReadOnlySpan<byte> Magic => "LLP-REC\n"u8;

    /// <summary>Whether a record that begins with this byte has a second line.</summary>
    public static bool HasSecondLine(byte kind) => kind is not ((byte)EventKind.Tick or EndKind);

    /// <summary>The producer's part of an event.</summary>
    public static ReadOnlySpan<byte> ProducerPart(in TradingEvent e) => MemoryMarshal.CreateReadOnlySpan(
        ref Unsafe.As<TradingEvent, byte>(ref Unsafe.AsRef(in e)),
        e.Kind == EventKind.Tick ? LineBytes : LongestRecord);

    /// <summary>Where a record is copied to.</summary>
    public static Span<byte> ProducerPartOf(ref TradingEvent e) => MemoryMarshal.CreateSpan(
        ref Unsafe.As<TradingEvent, byte>(ref e), LongestRecord);
}
