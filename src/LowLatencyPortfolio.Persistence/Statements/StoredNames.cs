using System.Text;

namespace LowLatencyPortfolio.Persistence;

/// <summary>The texts that stand for enum values in the database, such as in <see cref="HistoryRow.Detail"/>.</summary>
/// <remarks>Thread: any.</remarks>
public static class StoredNames
{
    /// <summary>The text of a value.</summary>
    /// <typeparam name="T">An enum of bytes that is stored.</typeparam>
    /// <param name="value">One of its values.</param>
    /// <returns>Its C# name in upper snake case.</returns>
    /// <exception cref="ArgumentOutOfRangeException">It is none of them.</exception>
    public static string Of<T>(T value)
        where T : struct, Enum => Encoding.UTF8.GetString(StoredText.Of(value));

    /// <summary>The value of a text.</summary>
    /// <typeparam name="T">An enum of bytes that is stored.</typeparam>
    /// <param name="text">From the database.</param>
    /// <returns>The value.</returns>
    /// <exception cref="JournalException">No value has this text.</exception>
    public static T Parse<T>(string text)
        where T : struct, Enum => StoredText.Parse<T>(text);
}
