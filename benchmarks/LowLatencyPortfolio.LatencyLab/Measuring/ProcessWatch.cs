using System.Globalization;
using System.Runtime;
using System.Text.Json;

namespace LowLatencyPortfolio.LatencyLab;

/// <summary>
/// What the process went through in a measured window: collections, compiled methods, context switches, bytes.
/// </summary>
internal readonly record struct ProcessWatch(
    int Gen0, int Gen1, int Gen2, long AllocatedBytes,
    long CompiledMethods, long VoluntarySwitches, long InvoluntarySwitches)
{
    public static ProcessWatch Now()
    {
        (long voluntary, long involuntary) = ContextSwitches.OfProcess();
        return new ProcessWatch(
            GC.CollectionCount(0), GC.CollectionCount(1), GC.CollectionCount(2),
            GC.GetTotalAllocatedBytes(precise: true),
            JitInfo.GetCompiledMethodCount(), voluntary, involuntary);
    }

    public ProcessWatch Since(ProcessWatch before) => new(
        Gen0 - before.Gen0, Gen1 - before.Gen1, Gen2 - before.Gen2, AllocatedBytes - before.AllocatedBytes,
        CompiledMethods - before.CompiledMethods, VoluntarySwitches - before.VoluntarySwitches,
        InvoluntarySwitches - before.InvoluntarySwitches);

    public void WriteJson(Utf8JsonWriter writer)
    {
        writer.WriteStartObject("window");
        writer.WriteNumber("gen0Collections", Gen0);
        writer.WriteNumber("gen1Collections", Gen1);
        writer.WriteNumber("gen2Collections", Gen2);
        writer.WriteNumber("allocatedBytes", AllocatedBytes);
        writer.WriteNumber("compiledMethods", CompiledMethods);
        writer.WriteNumber("voluntaryContextSwitches", VoluntarySwitches);
        writer.WriteNumber("involuntaryContextSwitches", InvoluntarySwitches);
        writer.WriteEndObject();
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"collections {Gen0}/{Gen1}/{Gen2}, {AllocatedBytes:N0} bytes allocated, {CompiledMethods} methods compiled, "
        + $"context switches {VoluntarySwitches:N0} voluntary, {InvoluntarySwitches:N0} involuntary");
}
