using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Engine.Replay;
using LowLatencyPortfolio.Host.Configuration;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Host.Entries;

/// <summary>
/// Reads <c>--entries</c>: a CSV file <c>time,product_id,price,qty[,order_type]</c>, in ascending time.
/// </summary>
internal sealed class ScriptedEntries
{
    private static readonly string[] Required = ["time", "product_id", "price", "qty"];
    private readonly string _file;
    private readonly IReadOnlyDictionary<string, PairSetup> _pairs;
    private readonly FaultLines _faults;
    private readonly List<ScriptedCommand> _entries = [];
    private long _lastTimeNs = long.MinValue;

    private ScriptedEntries(string file, IEnumerable<PairSetup> pairs, FaultLines faults) =>
        (_file, _pairs, _faults) = (file, pairs.ToDictionary(pair => pair.ProductId, StringComparer.Ordinal), faults);

    /// <summary>Reads every entry of a file, or every fault.</summary>
    /// <param name="path">CSV with a heading line; without quotes around values. Columns may stand in any
    /// order.</param>
    /// <param name="pairs">The pairs that will be replayed; entries of others are faults.</param>
    /// <param name="faults">Takes one line a fault, with file and line.</param>
    /// <returns>The entries in file order; those with a fault are left out.</returns>
    public static IReadOnlyList<ScriptedCommand> Load(string path, IEnumerable<PairSetup> pairs, FaultLines faults) =>
        InputFile.ReadText(path, faults) is { } text ? Parse(path, text, pairs, faults) : [];

    /// <summary>Reads the entries of a text; see <see cref="Load"/>.</summary>
    public static IReadOnlyList<ScriptedCommand> Parse(
        string file, string text, IEnumerable<PairSetup> pairs, FaultLines faults)
    {
        ScriptedEntries reader = new(file, pairs, faults);
        string[] lines = text.Split('\n');
        if (reader.ReadHeading(lines[0].TrimEnd('\r')) is { } columns)
        {
            for (int i = 1; i < lines.Length; i++)
            {
                reader.ReadRow(i + 1, lines[i].TrimEnd('\r'), columns);
            }
        }

        return reader._entries;
    }

    private EntryColumns? ReadHeading(string heading)
    {
        string[] names = heading.Split(',');
        if (!names.Intersect(Required, StringComparer.Ordinal).Any())
        {
            Fault(1, $"the heading is missing; it must be {EntryColumns.Heading}");
            return null;
        }

        int before = _faults.Lines.Count;
        foreach (string missing in Required.Except(names, StringComparer.Ordinal))
        {
            string? near = Suggestion.Nearest(missing, names.Except(Required, StringComparer.Ordinal));
            string help = near is null ? string.Empty : $" (found \"{FaultLines.Shown(near)}\")";
            Fault(1, $"column {missing} is missing{help}; the heading must be {EntryColumns.Heading}");
        }

        foreach (string unknown in names.Where(n => !Required.Contains(n) && n != EntryColumns.OrderTypeName))
        {
            Fault(1, $"column \"{FaultLines.Shown(unknown)}\" is unknown; the heading must be {EntryColumns.Heading}");
        }

        foreach (IGrouping<string, string> twice in names.GroupBy(n => n).Where(g => g.Count() > 1))
        {
            Fault(1, $"column \"{FaultLines.Shown(twice.Key)}\" stands twice");
        }

        return _faults.Lines.Count > before ? null : new EntryColumns(names);
    }

    private void ReadRow(int line, string row, EntryColumns columns)
    {
        if (row.Length == 0)
        {
            return;
        }

        string[] values = row.Split(',');
        if (values.Length != columns.Count)
        {
            Fault(line, $"has {values.Length} values; the heading has {columns.Count} columns");
            return;
        }

        int before = _faults.Lines.Count;
        long timeNs = ReadTime(line, values[columns.Time]);
        PairSetup? pair = ReadPair(line, values[columns.ProductId]);
        OrderType type = ReadType(line, columns.OrderType < 0 ? string.Empty : values[columns.OrderType]);
        long price = ReadPrice(line, values[columns.Price], type, pair?.Product);
        long quantity = ReadQuantity(line, values[columns.Quantity], pair?.Product);
        if (_faults.Lines.Count == before)
        {
            _entries.Add(new ScriptedCommand(timeNs, pair!.Index, type, price, quantity));
        }
    }

    private long ReadTime(int line, string text)
    {
        if (!UtcTime.TryParse(text, out long timeNs))
        {
            string shown = FaultLines.Shown(text);
            Fault(line, $"time is \"{shown}\"; allowed: ISO 8601 in UTC, such as 2023-12-08T00:05:00Z");
        }
        else if (timeNs < _lastTimeNs)
        {
            Fault(line, $"time {text} is before the line above; entries must stand in ascending time");
        }
        else
        {
            _lastTimeNs = timeNs;
        }

        return timeNs;
    }

    private PairSetup? ReadPair(int line, string productId)
    {
        if (_pairs.TryGetValue(productId, out PairSetup? pair))
        {
            return pair;
        }

        string? meant = Suggestion.Nearest(productId, _pairs.Keys);
        string help = meant is null ? $"known: {string.Join(", ", _pairs.Keys.Order(StringComparer.Ordinal))}"
            : $"did you mean {meant}?";
        Fault(line, $"product_id \"{FaultLines.Shown(productId)}\" has no ticks in this run; {help}");
        return null;
    }

    private OrderType ReadType(int line, string text)
    {
        if (text is not ("" or "limit" or "market"))
        {
            Fault(line, $"order_type is \"{FaultLines.Shown(text)}\"; allowed: limit, market, or nothing for limit");
        }

        return text == "market" ? OrderType.Market : OrderType.Limit;
    }

    private long ReadPrice(int line, string text, OrderType type, ProductSpec? product)
    {
        if (type == OrderType.Market)
        {
            if (text.Length > 0)
            {
                Fault(line, $"price is \"{FaultLines.Shown(text)}\"; allowed: nothing, for a market order");
            }

            return 0;
        }

        if (text.Length == 0)
        {
            Fault(line, "price is empty; a limit order needs one, a market order none");
            return 0;
        }

        long units = 0;
        if (ReadPositive(line, "price", text) is { } price && product?.TryPriceUnits(price, out units) == false)
        {
            Fault(line, NotRepresentable("price", text, product.PriceDecimals, product.PriceScale));
        }

        return units;
    }

    private long ReadQuantity(int line, string text, ProductSpec? product)
    {
        long units = 0;
        if (text.Length > 0 && ReadPositive(line, "qty", text) is { } quantity
            && product?.TryQuantityUnits(quantity, out units) == false)
        {
            Fault(line, NotRepresentable("qty", text, product.QuantityDecimals, product.QuantityScale));
        }

        return units;
    }

    private decimal? ReadPositive(int line, string column, string text)
    {
        string? fault = ExactDecimal.Read(text, out decimal value);
        fault ??= value <= 0m ? "a number above 0" : null;
        if (fault is null)
        {
            return value;
        }

        Fault(line, $"{column} is \"{FaultLines.Shown(text)}\"; allowed: {fault}");
        return null;
    }

    private static string NotRepresentable(string column, string text, int decimals, decimal scale) =>
        $"{column} is {FaultLines.Shown(text)}; allowed: a number of at most {decimals} decimals, "
        + $"up to {decimal.Truncate(long.MaxValue / scale)}";

    private void Fault(int line, string text) => _faults.Add($"{_file}:{line}", text);
}
