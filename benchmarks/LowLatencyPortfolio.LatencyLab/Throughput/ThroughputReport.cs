using System.Globalization;
using System.Text.Json;

namespace LowLatencyPortfolio.LatencyLab;

/// <summary>The figures of one throughput run, for people and as JSON.</summary>
internal sealed class ThroughputReport(
    StreamOptions options, int ring, TickStream stream, IReadOnlyList<CandidateFigures> figures, Conditions conditions)
{
    // What Fused is held to: at most this part of the other's median.
    private static readonly (string Key, double AtMost)[] Targets =
    [
        (Candidates.Direct, 1.6),
        (Candidates.DecimalReference, 1.0 / 4),
        (Candidates.ChannelUnbounded, 1.0 / 5),
        (Candidates.ChannelBounded, 1.0 / 15),
        (Candidates.Dataflow, 1.0 / 20),
    ];

    private double? RingAloneRatio =>
        Find(Candidates.RingAlone)?.MedianNs / Find(Candidates.Direct)?.MedianNs;

    public void WriteText(TextWriter output)
    {
        output.WriteLine(conditions);
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{stream.Ticks.Length:N0} ticks a round, {options.Pairs} pairs held, "
            + $"{stream.WakeShare:P2} of the ticks wake, {stream.Orders:N0} orders, ring {ring}, seed {options.Seed}"));
        output.WriteLine($"every candidate with stages ended in state {stream.EndHash}");
        output.WriteLine();
        output.WriteLine(
            $"{"ns per tick",-30}{"median",9}{"lowest",9}{"highest",9}{"bytes/tick",12}{"GCs",6}{"x fused",9}");
        double? fused = Find(Candidates.Fused)?.MedianNs;
        foreach (CandidateFigures candidate in figures)
        {
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{candidate.Kind.Name,-30}{candidate.MedianNs,9:F2}{candidate.LowestNs,9:F2}{candidate.HighestNs,9:F2}"
                + $"{candidate.MedianBytes,12:F3}{candidate.Collections,6}{candidate.MedianNs / fused,9:F2}"));
        }

        output.WriteLine();
        foreach ((string key, double atMost, double ratio) in Ratios())
        {
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"fusedNs / {key} = {ratio:F3}, wanted at most {atMost:F3}: {(ratio <= atMost ? "met" : "missed")}"));
        }

        if (RingAloneRatio is { } alone)
        {
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{Candidates.RingAlone} / {Candidates.Direct} = {alone:F3}: the way from core to core by itself, "
                + $"which changes with where the host runs the two"));
        }
    }

    public void WriteJson(Utf8JsonWriter writer)
    {
        foreach (CandidateFigures candidate in figures)
        {
            writer.WriteNumber(candidate.Kind.JsonKey, Math.Round(candidate.MedianNs, 3));
        }

        WriteEach(writer, "allocatedBytesPerTick",
            candidate => writer.WriteNumberValue(Math.Round(candidate.MedianBytes, 4)));
        WriteEach(writer, "gen0Collections", candidate => writer.WriteNumberValue(candidate.Collections));
        WriteEach(writer, "roundsNs", candidate =>
        {
            writer.WriteStartArray();
            foreach (double ns in candidate.Rounds)
            {
                writer.WriteNumberValue(Math.Round(ns, 3));
            }

            writer.WriteEndArray();
        });
        writer.WriteStartObject("fusedRatios");
        foreach ((string key, double _, double ratio) in Ratios())
        {
            writer.WriteNumber(key, Math.Round(ratio, 4));
        }

        writer.WriteEndObject();
        if (RingAloneRatio is { } alone)
        {
            writer.WriteNumber("ringAloneToDirect", Math.Round(alone, 4));
        }

        writer.WriteNumber("ticks", stream.Ticks.Length);
        writer.WriteNumber("pairs", options.Pairs);
        writer.WriteNumber("wakeShare", stream.WakeShare);
        writer.WriteNumber("orders", stream.Orders);
        writer.WriteNumber("ring", ring);
        writer.WriteNumber("seed", options.Seed);
        writer.WriteString("stateHash", stream.EndHash.ToString());
        conditions.WriteJson(writer);
    }

    private IEnumerable<(string Key, double AtMost, double Ratio)> Ratios()
    {
        if (Find(Candidates.Fused) is not { } fused)
        {
            yield break;
        }

        foreach ((string key, double atMost) in Targets)
        {
            if (Find(key) is { } other)
            {
                yield return (key, atMost, fused.MedianNs / other.MedianNs);
            }
        }
    }

    private void WriteEach(Utf8JsonWriter writer, string name, Action<CandidateFigures> writeValue)
    {
        writer.WriteStartObject(name);
        foreach (CandidateFigures candidate in figures)
        {
            writer.WritePropertyName(candidate.Kind.JsonKey);
            writeValue(candidate);
        }

        writer.WriteEndObject();
    }

    private CandidateFigures? Find(string key) => figures.FirstOrDefault(candidate => candidate.Kind.JsonKey == key);
}
