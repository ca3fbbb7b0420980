using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Pipeline.Tests.Stages;

/// <summary>The slot of the ring: four cache lines, one of them written by a tick.</summary>
public sealed class EventLayoutTests
{
    [Fact]
    public void Event_is_256_bytes_without_references()
    {
        Assert.Equal(256, Unsafe.SizeOf<TradingEvent>());
        Assert.False(RuntimeHelpers.IsReferenceOrContainsReferences<TradingEvent>());
        Assert.Equal(40, Unsafe.SizeOf<ApprovedOrder>());
    }

    [Theory]
    [InlineData(nameof(TradingEvent.Kind), 0)]
    [InlineData(nameof(TradingEvent.Report), 1)]
    [InlineData(nameof(TradingEvent.Count), 2)]
    [InlineData(nameof(TradingEvent.Product), 4)]
    [InlineData(nameof(TradingEvent.ReceivedAtNs), 8)]
    [InlineData(nameof(TradingEvent.VenueTimeNs), 16)]
    [InlineData(nameof(TradingEvent.Price), 24)]
    [InlineData(nameof(TradingEvent.Quantity), 32)]
    [InlineData(nameof(TradingEvent.Low), 40)]
    [InlineData(nameof(TradingEvent.High), 48)]
    [InlineData(nameof(TradingEvent.TradeKey), 56)]
    [InlineData(nameof(TradingEvent.OrderSequence), 64)]
    [InlineData(nameof(TradingEvent.FillValue), 96)]
    [InlineData(nameof(TradingEvent.Fee), 112)]
    [InlineData(nameof(TradingEvent.NowNs), 128)]
    [InlineData(nameof(TradingEvent.StageFlags), 160)]
    [InlineData(nameof(TradingEvent.StageFlags2), 168)]
    [InlineData(nameof(TradingEvent.DecisionTrigger), 176)]
    [InlineData(nameof(TradingEvent.DecisionQuantity), 192)]
    [InlineData(nameof(TradingEvent.Approved), 208)]
    [InlineData(nameof(TradingEvent.EntrySource), 248)]
    public void Field_lies_where_the_drawing_says(string field, int offset) =>
        Assert.Equal(offset, (int)Marshal.OffsetOf<TradingEvent>(field));

    [Fact]
    public void No_field_crosses_a_cache_line_and_only_views_of_the_same_bytes_overlap()
    {
        string[] views =
        [
            nameof(TradingEvent.Action), nameof(TradingEvent.Health), nameof(TradingEvent.StageFlags),
            nameof(TradingEvent.StageFlags2), nameof(TradingEvent.DecisionOrder), nameof(TradingEvent.HaltCause),
            nameof(TradingEvent.Outage),
        ];
        int end = 0;
        foreach (FieldInfo field in typeof(TradingEvent).GetFields(BindingFlags.Public | BindingFlags.Instance)
            .Where(field => !views.Contains(field.Name))
            .OrderBy(field => (int)Marshal.OffsetOf<TradingEvent>(field.Name)))
        {
            int offset = (int)Marshal.OffsetOf<TradingEvent>(field.Name);
            int size = SizeOf(field.FieldType);
            Assert.True(offset >= end, $"{field.Name} at {offset} overlaps what ends at {end}");
            Assert.True(offset / 64 == (offset + size - 1) / 64, $"{field.Name} crosses a line");
            end = offset + size;
        }

        Assert.True(end <= 256);
    }

    [Fact]
    public void Publishing_a_tick_writes_the_first_line_and_nothing_else()
    {
        Rig rig = new();
        using TradingPipeline other = new(
            new PipelineOptions { RingCapacity = 2 }, new PortfolioConfig(), rig.Pipeline.Pairs.ToArray(), rig, rig);
        other.Start();
        ref TradingEvent first = ref other.Slot(0);
        MemoryMarshal.AsBytes(new Span<TradingEvent>(ref first)).Fill(0xAB);
        other.PublishTick(0, 5, 6, 7, 8, 9);
        ReadOnlySpan<byte> written = MemoryMarshal.AsBytes(new Span<TradingEvent>(ref first));
        Assert.Equal(EventKind.Tick, first.Kind);
        Assert.Equal(-1, written[64..].IndexOfAnyExcept((byte)0xAB));
    }

    private static int SizeOf(Type type) => type switch
    {
        _ when type.IsEnum => SizeOf(Enum.GetUnderlyingType(type)),
        _ when type == typeof(bool) || type == typeof(byte) => 1,
        _ when type == typeof(short) || type == typeof(ushort) => 2,
        _ when type == typeof(int) => 4,
        _ when type == typeof(long) || type == typeof(ulong) => 8,
        _ when type == typeof(decimal) => 16,
        _ when type == typeof(ApprovedOrder) => Unsafe.SizeOf<ApprovedOrder>(),
        _ => throw new ArgumentException($"{type} in the event"),
    };
}
