using System.CommandLine;
using System.Globalization;
using System.Numerics;

namespace LowLatencyPortfolio.LatencyLab;

/// <summary>Options with their ranges; a value outside is one clear line.</summary>
internal static class LabOptions
{
    /// <summary>Percent of the ticks that move a stop in the bundled sample: 187 of 201,436.</summary>
    public const double SampleWakePct = 0.1;

    public static Option<int> Number(string name, string description, int otherwise, int least, int most)
    {
        Option<int> option = Number(name, description, least, most);
        option.DefaultValueFactory = _ => otherwise;
        return option;
    }

    public static Option<int> Number(string name, string description, int least, int most) => new(name)
    {
        Description = description,
        CustomParser = result =>
        {
            if (!int.TryParse(result.Tokens[^1].Value, NumberStyles.None, CultureInfo.InvariantCulture, out int value)
                || value < least || value > most)
            {
                result.AddError(string.Create(
                    CultureInfo.InvariantCulture, $"{name} must be a whole number from {least} to {most}"));
            }

            return value;
        },
    };

    public static Option<int> PowerOfTwo(string name, string description, int otherwise, int most) => new(name)
    {
        Description = description,
        CustomParser = result =>
        {
            if (!int.TryParse(result.Tokens[^1].Value, NumberStyles.None, CultureInfo.InvariantCulture, out int value)
                || value < 2 || value > most || !BitOperations.IsPow2(value))
            {
                result.AddError(
                    string.Create(CultureInfo.InvariantCulture, $"{name} must be a power of two from 2 to {most}"));
            }

            return value;
        },
        DefaultValueFactory = _ => otherwise,
    };

    public static Option<double> Share(string name, string description, double otherwise) => new(name)
    {
        Description = description,
        CustomParser = result =>
        {
            if (!double.TryParse(
                result.Tokens[^1].Value, NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
                || value is not (>= 0 and <= 100))
            {
                result.AddError($"{name} must be a percentage from 0 to 100");
            }

            return value;
        },
        DefaultValueFactory = _ => otherwise,
    };

    public static Option<T> Choice<T>(string name, string description, T otherwise)
        where T : struct, Enum => new(name)
    {
        Description = description,
        HelpName = Names<T>("|"),
        CustomParser = result =>
        {
            string given = result.Tokens[^1].Value;
            if (!Enum.TryParse(given, ignoreCase: true, out T value)
                || !Enum.IsDefined(value) || char.IsAsciiDigit(given[0]))
            {
                result.AddError($"{name} must be one of {Names<T>(", ")}");
            }

            return value;
        },
        DefaultValueFactory = _ => otherwise,
    };

    public static Option<string> Simulator() => new("--sim")
    {
        Description = "exchange-sim.dll; otherwise the one beside llp-lab",
        HelpName = "FILE",
        CustomParser = result =>
        {
            string file = result.Tokens[^1].Value;
            if (!File.Exists(file))
            {
                result.AddError($"--sim {file} is not a file");
            }

            return file;
        },
        DefaultValueFactory = _ => SimProcess.DefaultPath,
    };

    /// <summary>A file in a folder that is not there is refused before anything is measured.</summary>
    public static Option<string?> Json() => new("--json")
    {
        Description = "write the figures as one JSON object to a file, or to the output with -",
        HelpName = "FILE|-",
        CustomParser = result =>
        {
            string file = result.Tokens[^1].Value;
            if (file != "-"
                && (Directory.Exists(file) || !Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(file)))))
            {
                result.AddError($"--json {file} is not a file in a folder that exists");
            }

            return file;
        },
    };

    private static string Names<T>(string between)
        where T : struct, Enum => string.Join(between, Enum.GetNames<T>().Select(name => name.ToLowerInvariant()));
}
