using System.Globalization;
using LowLatencyPortfolio.ExchangeSim.Faults;
using LowLatencyPortfolio.ExchangeSim.Play;
using LowLatencyPortfolio.ExchangeSim.Wire;
using LowLatencyPortfolio.ExchangeSim.Wire.Auth;

namespace LowLatencyPortfolio.ExchangeSim.CommandLine;

/// <summary>Reads every argument and says everything that is wrong at once.</summary>
internal static class OptionReview
{
    /// <summary>Reads the arguments, and the files that are arguments; not yet the ticks.</summary>
    /// <param name="written">As they were written.</param>
    /// <param name="faults">Takes one line a fault, which names the option.</param>
    /// <returns>To be used only without faults.</returns>
    public static SimOptions Review(WrittenOptions written, List<string> faults)
    {
        PlaySpeed speed = PlaySpeed.Max;
        if (written.Speed is { } text && !PlaySpeed.TryParse(text, out speed))
        {
            faults.Add($"--speed: \"{text}\"; allowed: max, step, or 0.01x to 100000x");
        }

        if (written.Start is not (null or "now" or "subscribed"))
        {
            faults.Add($"--start: \"{written.Start}\"; allowed: now, subscribed");
        }

        if (written.KeyKind is not (null or "ecdsa" or "ed25519"))
        {
            faults.Add($"--key-kind: \"{written.KeyKind}\"; allowed: ecdsa, ed25519");
        }

        return new SimOptions
        {
            Ticks = Ticks(written.Ticks, faults),
            Speed = speed,
            WaitsForSubscriber = written.Start is { } start ? start == "subscribed" : speed == PlaySpeed.Max,
            Rebase = written.Rebase,
            Port = Port("--port", written.Port, faults) ?? 0,
            RawPort = Port("--raw-port", written.RawPort, faults),
            RawPoll = written.RawPoll,
            Venue = Venue(written, faults),
            Wire = Wire(written.Wire, faults),
            Limits = new NameValues("--limits", faults).Read(
                written.Limits ?? string.Empty, ["private", "public", "connections", "messages"], NameValues.Count,
                "0 to 1000000"),
            Products = written.Products is { } products ? ProductFile.Read(products, faults) : [],
            Faults = Plan(written.Faults, faults),
            KeyFile = Name("--key-file", written.KeyFile, faults),
            KeyKind = written.KeyKind == "ed25519" ? KeyKind.Ed25519 : KeyKind.Ecdsa,
            Certificate = Existing("--tls", written.Certificate, faults),
        };
    }

    private static IReadOnlyList<string> Ticks(IReadOnlyList<string> ticks, List<string> faults)
    {
        if (ticks.Count == 0)
        {
            faults.Add("--ticks: is required: files or folders of market data");
        }

        faults.AddRange(ticks.Where(path => !File.Exists(path) && !Directory.Exists(path))
            .Select(path => $"--ticks: {path}: no such file or folder"));
        return ticks;
    }

    private static int? Port(string option, string? text, List<string> faults)
    {
        if (text is null)
        {
            return null;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int port) && port <= 65_535)
        {
            return port;
        }

        faults.Add($"{option}: \"{text}\"; allowed: 0 to 65535");
        return null;
    }

    private static VenueSettings Venue(WrittenOptions written, List<string> faults)
    {
        var settings = new VenueSettings();
        if (written.Balances is { } balances)
        {
            settings = settings with
            {
                Balances = new NameValues("--balances", faults)
                    .Read(balances, [], NameValues.Amount, "a decimal of at least 0"),
            };
        }

        Dictionary<string, decimal> fees = new NameValues("--fees", faults).Read(
            written.Fees ?? string.Empty, ["maker", "taker"],
            value => NameValues.Amount(value) is { } rate && rate <= 1 ? rate : (decimal?)null,
            "a fraction from 0 to 1");
        Dictionary<string, long> latency = new NameValues("--latency", faults).Read(
            written.Latency ?? string.Empty, ["ack", "cancel", "edit", "fill", "fills-list"], NameValues.Nanoseconds,
            "a time such as 5ms, 1s, 250us, at most an hour");
        return settings with
        {
            MakerFeeRate = fees.GetValueOrDefault("maker", settings.MakerFeeRate),
            TakerFeeRate = fees.GetValueOrDefault("taker", settings.TakerFeeRate),
            AckLatencyNs = latency.GetValueOrDefault("ack"),
            CancelLatencyNs = latency.GetValueOrDefault("cancel"),
            EditLatencyNs = latency.GetValueOrDefault("edit"),
            FillLatencyNs = latency.GetValueOrDefault("fill"),
            FillListLagNs = latency.GetValueOrDefault("fills-list"),
        };
    }

    private static WireSettings Wire(string? text, List<string> faults)
    {
        Dictionary<string, long> times = new NameValues("--wire", faults).Read(
            text ?? string.Empty, ["trade-batch", "idle-close", "subscribe-deadline", "beat"], NameValues.Nanoseconds,
            "a time such as 250ms or 5s, at most an hour");
        var settings = new WireSettings();
        TimeSpan Time(string name, TimeSpan otherwise) =>
            times.TryGetValue(name, out long ns) ? TimeSpan.FromTicks(ns / 100) : otherwise;
        TimeSpan beat = Time("beat", settings.Beat);
        TimeSpan deadline = Time("subscribe-deadline", settings.SubscribeDeadline);
        if (beat == TimeSpan.Zero || deadline == TimeSpan.Zero)
        {
            faults.Add("--wire: beat and subscribe-deadline must be above 0");
        }

        return settings with
        {
            Beat = beat,
            SubscribeDeadline = deadline,
            TradeBatch = Time("trade-batch", settings.TradeBatch),
            IdleClose = Time("idle-close", settings.IdleClose),
        };
    }

    private static FaultPlan Plan(string? path, List<string> faults)
    {
        if (Existing("--faults", path, faults) is not { } file)
        {
            return FaultPlan.Empty;
        }

        FaultPlan plan = FaultPlanText.Parse(File.ReadAllText(file), out IReadOnlyList<string> wrong);
        faults.AddRange(wrong.Select(fault => $"--faults: {file}: {fault}"));
        return plan;
    }

    private static string? Name(string option, string? path, List<string> faults)
    {
        if (path is not null && (path.Length == 0 || Directory.Exists(path)
            || !Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(path)))))
        {
            faults.Add($"{option}: \"{path}\" is not a file in a folder that exists");
        }

        return path;
    }

    private static string? Existing(string option, string? path, List<string> faults)
    {
        if (path is not null && !File.Exists(path))
        {
            faults.Add($"{option}: \"{path}\": no such file");
            return null;
        }

        return path;
    }
}
