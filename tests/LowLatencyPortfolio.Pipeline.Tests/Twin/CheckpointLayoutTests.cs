using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using LowLatencyPortfolio.Pipeline.Tests.Stages;

namespace LowLatencyPortfolio.Pipeline.Tests.Twin;

/// <summary>A stored state says how it is laid out, and what is laid out otherwise is not taken for it.</summary>
public sealed class CheckpointLayoutTests
{
    private readonly record struct Plain(long First, int Second);

    private readonly record struct Renamed(long First, int Other);

    private readonly record struct Swapped(int Second, long First);

    private readonly record struct Wider(long First, long Second);

    private readonly record struct Within(Plain Inner);

    private readonly record struct WithinAnother(Wider Inner);

    [StructLayout(LayoutKind.Explicit)]
    private struct Placed
    {
        [FieldOffset(0)] public long First;
        [FieldOffset(16)] public int Second;
    }

    [InlineArray(4)]
    private struct Four
    {
        public long Item;
    }

    [InlineArray(5)]
    private struct Five
    {
        public long Item;
    }

    [Fact]
    public void Every_change_of_a_struct_changes_the_mark()
    {
        Type[] all =
        [
            typeof(Plain), typeof(Renamed), typeof(Swapped), typeof(Wider), typeof(Within), typeof(WithinAnother),
            typeof(Placed), typeof(Four), typeof(Five),
        ];
        string[] marks = [.. all.Select(type => CheckpointLayout.MarkOf(1, [type])), CheckpointLayout.MarkOf(1, all)];
        Assert.Equal(marks.Length, marks.Distinct().Count());
        Assert.NotEqual(marks[0], CheckpointLayout.MarkOf(2, [typeof(Plain)]));
        Assert.Equal(marks[0], CheckpointLayout.MarkOf(1, [typeof(Plain)]));
        Assert.Equal(16, CheckpointLayout.Mark.Length);
    }

    [Fact]
    public void An_array_of_another_length_is_no_state_of_ours()
    {
        CheckpointWriter writer = new();
        writer.Write(MemoryMarshal.AsBytes<long>([1, 2, 3]));
        long[] three = new long[3];
        new CheckpointReader(writer.Written).ReadInto<long>(three);
        Assert.Equal([1, 2, 3], three);
        Assert.Throws<InvalidDataException>(() => new CheckpointReader(writer.Written).ReadInto<long>(new long[2]));
        Assert.Throws<InvalidDataException>(() => new CheckpointReader(writer.Written).ReadInto<long>(new long[4]));
        Assert.Throws<InvalidDataException>(() => new CheckpointReader(writer.Written).ReadStruct<long>());
    }

    /// <remarks>
    /// When this fails and no struct changed, a stage writes something else than before: raise
    /// <c>CheckpointLayout.Version</c>, then put the new number here.
    /// </remarks>
    [Fact]
    public void What_the_stages_write_beside_structs_is_what_belongs_to_the_version()
    {
        Rig rig = new(pairs: 1);
        CheckpointWriter writer = new();
        rig.Pipeline.Save(writer);
        Assert.Equal(1, rig.Pipeline.Pairs.Length);
        int structs = CheckpointLayout.Structs.Where(type => type != typeof(OrderEntry)).Sum(SizeOf);
        int flags = (int)HealthFlag.KeyRefused + 1;     // those behind it refuse nothing and are not kept
        Assert.Equal((2, 9518), (CheckpointLayout.Version, writer.Length - structs - flags));
    }

    private static int SizeOf(Type type) => (int)typeof(Unsafe)
        .GetMethod(nameof(Unsafe.SizeOf))!.MakeGenericMethod(type).Invoke(null, null)!;
}
