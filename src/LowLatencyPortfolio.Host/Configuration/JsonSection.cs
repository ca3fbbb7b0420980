using System.Globalization;
using System.Text.Json;

namespace LowLatencyPortfolio.Host.Configuration;

/// <summary>
/// One JSON object of the configuration, read key by key. A value of the wrong type leaves a fault line and its
/// default; keys that nobody asked for are faults when the section is closed.
/// </summary>
/// <remarks>Thread: one. Numbers are read from their text; nothing goes through binary floating point.</remarks>
internal sealed class JsonSection
{
    private readonly Dictionary<string, JsonElement> _values = new(StringComparer.Ordinal);
    private readonly List<string> _known = [];
    private readonly string _file;
    private readonly FaultLines _faults;

    /// <summary>Opens a section. Keys that stand twice are faults; the first one counts.</summary>
    /// <param name="element">The value; anything but an object is a fault and gives an empty section.</param>
    /// <param name="file">File name for fault lines.</param>
    /// <param name="path">Path of the section, empty for the whole file: <c>pairs[2]</c>.</param>
    /// <param name="faults">Takes the fault lines.</param>
    public JsonSection(JsonElement element, string file, string path, FaultLines faults)
    {
        (_file, Path, _faults) = (file, path, faults);
        if (element.ValueKind != JsonValueKind.Object)
        {
            string place = path.Length == 0 ? "the file" : path;
            faults.Add(file, $"{place} is {Shown(element)}; allowed: an object {{ … }}");
            return;
        }

        foreach (JsonProperty property in element.EnumerateObject())
        {
            string? name = TextOf(() => property.Name);
            if (name is null)
            {
                _faults.Add(_file, $"{PathOf("?")}: the key is not valid Unicode text");
            }
            else if (!_values.TryAdd(name, property.Value))
            {
                _faults.Add(_file, $"{PathOf(name)}: the key stands twice");
            }
        }
    }

    /// <summary>Where the section stands in the file.</summary>
    public string Path { get; }

    /// <summary>A decimal number, as a JSON number or as a string.</summary>
    public decimal Decimal(string key, decimal fallback) =>
        Find(key) is { } value ? ReadDecimal(key, value) ?? fallback : fallback;

    /// <summary>A decimal number or null, which switches something off.</summary>
    public decimal? OptionalDecimal(string key, decimal? fallback) =>
        Find(key) is not { } value ? fallback
        : value.ValueKind == JsonValueKind.Null ? null : ReadDecimal(key, value) ?? fallback;

    /// <summary>A decimal number that must be there; null after a fault.</summary>
    public decimal? RequiredDecimal(string key, string example)
    {
        if (Find(key) is { } value)
        {
            return ReadDecimal(key, value);
        }

        _faults.Add(_file, $"{PathOf(key)}: missing; needed: a decimal number, such as {example}");
        return null;
    }

    /// <summary>A whole number of 32 bits, as a JSON number.</summary>
    public int Integer(string key, int fallback) =>
        Find(key) is { } value ? (int?)ReadInteger(key, value, int.MinValue, int.MaxValue) ?? fallback : fallback;

    /// <summary>A whole number of 32 bits or null.</summary>
    public int? OptionalInteger(string key, int? fallback) =>
        Find(key) is not { } value ? fallback
        : value.ValueKind == JsonValueKind.Null ? null
        : (int?)ReadInteger(key, value, int.MinValue, int.MaxValue) ?? fallback;

    /// <summary>A whole number of 64 bits, as a JSON number.</summary>
    public long LongInteger(string key, long fallback) =>
        Find(key) is { } value ? ReadInteger(key, value, long.MinValue, long.MaxValue) ?? fallback : fallback;

    /// <summary>true or false.</summary>
    public bool Boolean(string key, bool fallback)
    {
        if (Find(key) is not { } value || value.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            return Find(key)?.GetBoolean() ?? fallback;
        }

        Wrong(key, value, "true or false");
        return fallback;
    }

    /// <summary>A string that is not empty.</summary>
    public string? Text(string key, string? fallback, string example)
    {
        if (Find(key) is not { } value)
        {
            return fallback;
        }

        string? text = value.ValueKind == JsonValueKind.String ? TextOf(() => value.GetString()!) : null;
        if (string.IsNullOrWhiteSpace(text))
        {
            Wrong(key, value, $"a text, such as \"{example}\"");
            return fallback;
        }

        return text;
    }

    /// <summary>A string or null.</summary>
    public string? OptionalText(string key, string? fallback, string example) =>
        Find(key) is { ValueKind: JsonValueKind.Null } ? null : Text(key, fallback, example);

    /// <summary>A string that must be there; null after a fault.</summary>
    public string? RequiredText(string key, string example)
    {
        if (Find(key) is null)
        {
            _faults.Add(_file, $"{PathOf(key)}: missing; needed: a text, such as \"{example}\"");
            return null;
        }

        return Text(key, null, example);
    }

    /// <summary>An object inside this one; null when the key is absent.</summary>
    public JsonSection? Section(string key) =>
        Find(key) is { } value ? new JsonSection(value, _file, PathOf(key), _faults) : null;

    /// <summary>The objects of an array; none when the key is absent.</summary>
    public IEnumerable<JsonSection> Sections(string key)
    {
        if (Find(key) is not { } value)
        {
            yield break;
        }

        if (value.ValueKind != JsonValueKind.Array)
        {
            Wrong(key, value, "an array [ … ] of objects");
            yield break;
        }

        int index = 0;
        foreach (JsonElement item in value.EnumerateArray())
        {
            yield return new JsonSection(item, _file, $"{PathOf(key)}[{index++}]", _faults);
        }
    }

    /// <summary>
    /// Ends the reading: every key that was not asked for is a fault, with the key that was probably meant.
    /// </summary>
    public void Close()
    {
        foreach (string key in _values.Keys.Except(_known, StringComparer.Ordinal))
        {
            string? meant = Suggestion.Nearest(key, _known);
            string help = meant is null ? $"known here: {string.Join(", ", _known)}" : $"did you mean \"{meant}\"?";
            _faults.Add(_file, $"{PathOf(FaultLines.Shown(key))}: unknown key; {help}");
        }
    }

    /// <summary>Notes a fault of this section's content.</summary>
    public void Fault(string text) => _faults.Add(_file, $"{Path}: {text}");

    private JsonElement? Find(string key)
    {
        if (!_known.Contains(key))
        {
            _known.Add(key);
        }

        return _values.TryGetValue(key, out JsonElement value) ? value : null;
    }

    private decimal? ReadDecimal(string key, JsonElement value)
    {
        string? text = value.ValueKind switch
        {
            JsonValueKind.Number => value.GetRawText(),
            JsonValueKind.String => TextOf(() => value.GetString()!),
            _ => null,
        };
        string? fault = ExactDecimal.Read(text ?? string.Empty, out decimal number);
        if (fault is null)
        {
            return number;
        }

        Wrong(key, value, fault);
        return null;
    }

    private long? ReadInteger(string key, JsonElement value, long least, long most)
    {
        string text = value.ValueKind == JsonValueKind.Number ? value.GetRawText() : string.Empty;
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number)
            && number >= least && number <= most)
        {
            return number;
        }

        Wrong(key, value, "a whole number without quotes, point or exponent, such as 10");
        return null;
    }

    private void Wrong(string key, JsonElement value, string allowed) =>
        _faults.Add(_file, $"{PathOf(key)} is {Shown(value)}; allowed: {allowed}");

    private string PathOf(string key) => Path.Length == 0 ? key : $"{Path}.{key}";

    private static string Shown(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "{…}",
        JsonValueKind.Array => "[…]",
        _ => FaultLines.Shown(value.GetRawText()),
    };

    // A lone surrogate escape such as "\ud800" is grammatical JSON that no .NET string can be made of.
    private static string? TextOf(Func<string> read)
    {
        try
        {
            return read();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
