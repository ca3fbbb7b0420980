using System.Text;
using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Persistence;

/// <summary>
/// The one place where enum values become the texts of the database and back: the C# name in upper snake case,
/// <c>StopLimit</c> ↔ <c>STOP_LIMIT</c>. Renaming a value would change stored data; a test pins the texts.
/// </summary>
/// <remarks>Thread: any; the tables are filled once. Allocation: none in <see cref="Of{T}"/>.</remarks>
internal static class StoredText
{
    /// <summary>The text of a value, UTF-8.</summary>
    public static ReadOnlySpan<byte> Of<T>(T value)
        where T : struct, Enum
    {
        byte[]? text = Table<T>.Utf8[System.Runtime.CompilerServices.Unsafe.As<T, byte>(ref value)];
        return text ?? throw new ArgumentOutOfRangeException(nameof(value), value, $"not a {typeof(T).Name}");
    }

    /// <summary>The value of a stored text.</summary>
    /// <exception cref="JournalException">No value has this text: the row was not written by this program.</exception>
    public static T Parse<T>(string text)
        where T : struct, Enum =>
        Table<T>.Values.TryGetValue(text, out T value)
            ? value
            : throw new JournalException(
                $"\"{text}\" in the database is not a {typeof(T).Name}; the row was written by something else");

    /// <summary>
    /// Why an order was refused, a position closed or an order rejected, whether an entry made or took, which way a
    /// rebalance goes, which difference a start found, why entries are halted, what was away, which mode trading was
    /// tightened to unless there is a reason for it, or empty without a reason.
    /// </summary>
    public static ReadOnlySpan<byte> ReasonOf(in StateChange change)
    {
        if (change.Reason != RejectReason.None)
        {
            return Of(change.Reason);
        }

        if (change.Liquidity != Liquidity.None)
        {
            return Of(change.Liquidity);
        }

        if (change.Rebalance != default)
        {
            return Of(change.Rebalance);
        }

        if (change.Finding != ReconcileFinding.None)
        {
            return Of(change.Finding);
        }

        if (change.HaltCause != HaltCause.None)
        {
            return Of(change.HaltCause);
        }

        if (change.Outage != OutageKind.None)
        {
            return Of(change.Outage);
        }

        if (change.Verdict > RiskVerdict.Queued)
        {
            return Of(change.Verdict);
        }

        if (change.ExitReason != ExitReason.None)
        {
            return Of(change.ExitReason);
        }

        return change.Action == HistoryAction.Halted && change.Mode != TradingMode.Trading ? Of(change.Mode) : default;
    }

    private static string UpperSnake(string name)
    {
        StringBuilder text = new();
        for (int i = 0; i < name.Length; i++)
        {
            if (i > 0 && char.IsUpper(name[i]))
            {
                _ = text.Append('_');
            }

            _ = text.Append(char.ToUpperInvariant(name[i]));
        }

        return text.ToString();
    }

    private static class Table<T>
        where T : struct, Enum
    {
        public static readonly byte[]?[] Utf8 = new byte[]?[256];

        public static readonly Dictionary<string, T> Values = new(StringComparer.Ordinal);

        static Table()
        {
            if (Enum.GetUnderlyingType(typeof(T)) != typeof(byte))
            {
                throw new NotSupportedException($"{typeof(T).Name} is not a byte");
            }

            foreach (T value in Enum.GetValues<T>())
            {
                string text = UpperSnake(value.ToString());
                Values.Add(text, value);
                Utf8[Convert.ToByte(value, System.Globalization.CultureInfo.InvariantCulture)] =
                    Encoding.UTF8.GetBytes(text);
            }
        }
    }
}
