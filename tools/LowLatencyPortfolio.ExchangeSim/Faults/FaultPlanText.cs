using System.Text.Json;
using LowLatencyPortfolio.ExchangeSim.Rest;

namespace LowLatencyPortfolio.ExchangeSim.Faults;

/// <summary>Reads a fault plan and says everything that is wrong with it at once.</summary>
internal sealed class FaultPlanText
{
    private static readonly JsonDocumentOptions Lenient = new()
    {
        AllowTrailingCommas = true,
        CommentHandling = JsonCommentHandling.Skip,
    };

    private readonly List<string> _faults = [];

    /// <summary>Reads a plan.</summary>
    /// <param name="json">The text; comments and trailing commas are allowed.</param>
    /// <param name="faults">One line a fault, each naming its place; empty when the plan is good.</param>
    /// <returns>The plan; <see cref="FaultPlan.Empty"/> when it has faults.</returns>
    public static FaultPlan Parse(string json, out IReadOnlyList<string> faults)
    {
        var text = new FaultPlanText();
        faults = text._faults;
        try
        {
            using JsonDocument document = JsonDocument.Parse(json, Lenient);
            FaultPlan plan = text.Plan(document.RootElement);
            return faults.Count == 0 ? plan : FaultPlan.Empty;
        }
        catch (JsonException e)
        {
            text._faults.Add($"not JSON: {e.Message.ReplaceLineEndings(" ")}");
            return FaultPlan.Empty;
        }
    }

    private FaultPlan Plan(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            _faults.Add("must be an object with seed, clock_skew_ms, faults, venue");
            return FaultPlan.Empty;
        }

        FaultPlan plan = FaultPlan.Empty;
        foreach (JsonProperty member in root.EnumerateObject())
        {
            plan = member.Name switch
            {
                "seed" => plan with { Seed = Whole(member.Value, "seed", 0, int.MaxValue) },
                "clock_skew_ms" => plan with
                {
                    ClockSkewMs = Whole(member.Value, "clock_skew_ms", -86_400_000, 86_400_000),
                },
                "faults" => plan with { Rules = Rules(member.Value) },
                "venue" => plan with { Venue = Venue(member.Value) },
                _ => Unknown(plan, member.Name, string.Empty, "seed, clock_skew_ms, faults, venue"),
            };
        }

        return plan;
    }

    // The same words as POST /admin/faults has for its list.
    private VenueFault[] Venue(JsonElement list)
    {
        try
        {
            return [.. AdminJson.Read<AdminFault[]>(list.GetRawText()).Select(fault => fault.Checked())];
        }
        catch (Exception e) when (e is JsonException or RequestFault)
        {
            _faults.Add($"venue: {e.Message.ReplaceLineEndings(" ")}");
            return [];
        }
    }

    private List<FaultRule> Rules(JsonElement list)
    {
        var rules = new List<FaultRule>();
        if (list.ValueKind != JsonValueKind.Array)
        {
            _faults.Add("faults: must be a list");
            return rules;
        }

        foreach (JsonElement item in list.EnumerateArray())
        {
            string place = $"faults[{rules.Count}]";
            rules.Add(item.ValueKind == JsonValueKind.Object ? Rule(item, place) : NotAnObject(place));
        }

        return rules;
    }

    private FaultRule Rule(JsonElement item, string place)
    {
        var rule = new FaultRule(
            Word(item, "on", place, FaultNames.Targets), Word(item, "fault", place, FaultNames.Kinds))
        {
            Probability = item.TryGetProperty("nth", out _) ? 0 : 1,
        };
        foreach (JsonProperty member in item.EnumerateObject())
        {
            string at = $"{place}.{member.Name}";
            JsonElement value = member.Value;
            rule = member.Name switch
            {
                "on" or "fault" => rule,
                "product" => rule with { Product = Text(value, at) },
                "channel" => rule with { Channel = Text(value, at) },
                "path" => rule with { Path = Text(value, at) },
                "variant" => rule with { Variant = Text(value, at) },
                "nth" => rule with { Nth = Numbers(value, at) },
                "probability" => rule with { Probability = Share(value, at) },
                "count" => rule with { Count = Whole(value, at, 1, 1_000_000) },
                "times" => rule with { Times = Whole(value, at, 1, 1_000_000) },
                "milliseconds" => rule with { Milliseconds = Whole(value, at, 0, 3_600_000) },
                _ => Unknown(
                    rule, member.Name, place,
                    "on, fault, product, channel, path, variant, nth, probability, count, times, milliseconds"),
            };
        }

        return WithVariant(rule, place);
    }

    private FaultRule WithVariant(FaultRule rule, string place)
    {
        if (!FaultVariants.Fits(rule.Fault, rule.On))
        {
            _faults.Add($"{place}: {NameOf(FaultNames.Kinds, rule.Fault)} cannot strike "
                + NameOf(FaultNames.Targets, rule.On));
        }

        if (rule.Nth.Count > 0 && rule.Probability > 0)
        {
            _faults.Add($"{place}: nth and probability exclude each other");
        }

        IReadOnlyList<string> variants = FaultVariants.Of(rule.Fault);
        if (rule.Variant.Length == 0)
        {
            return rule with { Variant = variants.Count > 0 ? variants[0] : string.Empty };
        }

        if (!variants.Contains(rule.Variant))
        {
            string allowed = variants.Count > 0 ? string.Join(", ", variants) : "none";
            _faults.Add($"{place}.variant: \"{rule.Variant}\" is unknown; allowed: {allowed}");
        }

        return rule;
    }

    private T Word<T>(JsonElement item, string name, string place, IReadOnlyDictionary<string, T> words)
        where T : struct
    {
        string word = item.TryGetProperty(name, out JsonElement value) ? Text(value, $"{place}.{name}") : string.Empty;
        if (words.TryGetValue(word, out T known))
        {
            return known;
        }

        _faults.Add($"{place}.{name}: \"{word}\" is unknown; allowed: {string.Join(", ", words.Keys)}");
        return default;
    }

    private string Text(JsonElement value, string place)
    {
        if (value.ValueKind == JsonValueKind.String)
        {
            return value.GetString()!;
        }

        _faults.Add($"{place}: must be a text");
        return string.Empty;
    }

    private int Whole(JsonElement value, string place, int least, int most)
    {
        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int number)
            && number >= least && number <= most)
        {
            return number;
        }

        _faults.Add($"{place}: must be a whole number from {least} to {most}");
        return least;
    }

    private double Share(JsonElement value, string place)
    {
        if (value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out double share) && share is >= 0 and <= 1)
        {
            return share;
        }

        _faults.Add($"{place}: must be a number from 0 to 1");
        return 0;
    }

    private int[] Numbers(JsonElement value, string place) => value.ValueKind == JsonValueKind.Array
        ? [.. value.EnumerateArray().Select(number => Whole(number, place, 1, int.MaxValue))]
        : [Whole(value, place, 1, int.MaxValue)];

    private T Unknown<T>(T unchanged, string name, string place, string allowed)
    {
        _faults.Add($"{(place.Length > 0 ? place + "." : string.Empty)}{name}: unknown; allowed: {allowed}");
        return unchanged;
    }

    private FaultRule NotAnObject(string place)
    {
        _faults.Add($"{place}: must be an object with on and fault");
        return new FaultRule(FaultTarget.Query, FaultKind.Delay);
    }

    private static string NameOf<T>(IReadOnlyDictionary<string, T> words, T value)
        where T : struct => words.First(word => word.Value.Equals(value)).Key;
}
