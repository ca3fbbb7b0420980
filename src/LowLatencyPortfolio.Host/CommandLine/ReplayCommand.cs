using System.Globalization;
using LowLatencyPortfolio.Engine.Recording;
using LowLatencyPortfolio.Host.Configuration;

namespace LowLatencyPortfolio.Host.CommandLine;

/// <summary><c>llp replay</c>: plays a recording and says whether it comes to what was recorded.</summary>
/// <param name="output">Standard output: what it came to.</param>
/// <param name="error">Standard error: faults, and a hash that differs.</param>
internal sealed class ReplayCommand(TextWriter output, TextWriter error)
{
    /// <summary>Plays the recording.</summary>
    /// <param name="options">From the command line.</param>
    /// <returns>
    /// <see cref="ExitCode.Success"/>; <see cref="ExitCode.Failed"/> when the hash differs from the recorded one; <see
    /// cref="ExitCode.BadInput"/> for a file that cannot be played, or not to its end.
    /// </returns>
    public int Execute(ReplayOptions options)
    {
        if (string.IsNullOrWhiteSpace(options.Recording) || options.Recording.Contains('\0', StringComparison.Ordinal))
        {
            string shown = FaultLines.Shown(options.Recording);
            return Lines.Refuse(error, [$"\"{shown}\" is not a file; name a recording"], ExitCode.BadInput);
        }

        try
        {
            RecordingResult result = RecordingReplay.Run(options.Recording, options.Topology);
            Write(options, result);
            return result switch
            {
                { Fault: { } fault } => Lines.Refuse(error, [fault], ExitCode.BadInput),
                { Differs: true } => Lines.Refuse(
                    error,
                    [$"{options.Recording}: the recorded run ended with state hash {result.RecordedHash}, "
                        + $"its replay with {result.Hash}"],
                    ExitCode.Failed),
                _ => ExitCode.Success,
            };
        }
        catch (Exception e) when (e is RecordingException or ArgumentException)
        {
            return Lines.Refuse(error, [e.Message], ExitCode.BadInput);
        }
    }

    private void Write(ReplayOptions options, RecordingResult result)
    {
        string pairs = result.Pairs == 1 ? "1 pair" : Invariant($"{result.Pairs} pairs");
        output.WriteLine($"Recording  {options.Recording}");
        output.WriteLine($"Engine     {result.EngineId}, {pairs}");
        output.WriteLine(Invariant($"Ticks      {result.Ticks:N0}"));
        output.WriteLine(Invariant($"Events     {result.Events:N0}"));
        output.WriteLine($"State hash {result.Hash}");
        if (result.RecordedHash is not null && result is { Differs: false, Fault: null })
        {
            output.WriteLine("The recorded run ended with the same state hash.");
        }
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
