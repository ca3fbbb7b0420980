using System.Globalization;
using System.Reflection;
using System.Runtime;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace LowLatencyPortfolio.LatencyLab;

/// <summary>Where and when a figure was measured; a figure without it says nothing.</summary>
internal sealed record Conditions(
    string Processor, int Cores, string System, string Runtime, string Gc, string Commit, string Load,
    DateTime TakenAtUtc)
{
    public static Conditions Now() => new(
        ReadProcessor(),
        Environment.ProcessorCount,
        RuntimeInformation.OSDescription,
        $"{RuntimeInformation.FrameworkDescription} {RuntimeInformation.ProcessArchitecture}",
        $"{(GCSettings.IsServerGC ? "server" : "workstation")}, {GCSettings.LatencyMode}",
        ReadCommit(),
        ReadLoad(),
        DateTime.UtcNow);

    public void WriteJson(Utf8JsonWriter writer)
    {
        writer.WriteStartObject("conditions");
        writer.WriteString("processor", Processor);
        writer.WriteNumber("cores", Cores);
        writer.WriteString("system", System);
        writer.WriteString("runtime", Runtime);
        writer.WriteString("gc", Gc);
        writer.WriteString("commit", Commit);
        writer.WriteString("loadAverageBefore", Load);
        writer.WriteString("takenAtUtc", TakenAtUtc);
        writer.WriteEndObject();
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Processor}, {Cores} cores; {Runtime}; GC {Gc}; commit {Commit}; load before {Load}; "
        + $"{TakenAtUtc:yyyy-MM-dd HH:mm}Z");

    private static string ReadProcessor()
    {
        const string Key = "model name";
        string? line = TryReadLines("/proc/cpuinfo")
            .FirstOrDefault(text => text.StartsWith(Key, StringComparison.Ordinal));
        return line is null
            ? RuntimeInformation.ProcessArchitecture.ToString()
            : line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
    }

    private static string ReadLoad() =>
        string.Join(' ', (TryReadLines("/proc/loadavg").FirstOrDefault() ?? "unknown").Split(' ').Take(3));

    private static string ReadCommit()
    {
        string version = Assembly.GetExecutingAssembly()
            .GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";
        int plus = version.IndexOf('+', StringComparison.Ordinal);
        return plus < 0 ? "unknown" : version[(plus + 1)..Math.Min(version.Length, plus + 13)];
    }

    private static IEnumerable<string> TryReadLines(string path) => File.Exists(path) ? File.ReadLines(path) : [];
}
