using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Pipeline;

/// <summary>How this program lays out what the stages store: a state of another layout is never misread.</summary>
/// <remarks>
/// Structs are stored as they lie in memory: a field more, less or elsewhere changes the mark by itself. What is
/// written one by one changes it by <see cref="Version"/>. Thread: any. Allocation: once.
/// </remarks>
public static class CheckpointLayout
{
    /// <summary>
    /// Raised whenever a stage writes something else, or in another order, than a struct of <see cref="Structs"/>.
    /// </summary>
    internal const int Version = 2;

    private const int MarkBytes = 8;

    /// <summary>What is stored as it lies in memory.</summary>
    internal static readonly Type[] Structs =
    [
        typeof(NormalizeStage.PairState), typeof(ProtectedPair), typeof(NakedTimes), typeof(OrderEntry),
        typeof(GatedPair), typeof(PairIntents), typeof(LossBreaker), typeof(OrderBudget), typeof(PositionLedger),
        typeof(DispatchCounts), typeof(PositionRecord),
    ];

    /// <summary>Differs between any two layouts; 16 hexadecimal digits.</summary>
    public static string Mark { get; } = MarkOf(Version, Structs);

    internal static string MarkOf(int version, IEnumerable<Type> structs)
    {
        StringBuilder text = new();
        _ = text.Append(CultureInfo.InvariantCulture, $"{version} {Enum.GetValues<HealthFlag>().Length}");
        foreach (Type type in structs)
        {
            Describe(type, text);
        }

        byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString()));
        return Convert.ToHexStringLower(hash.AsSpan(0, MarkBytes));
    }

    private static void Describe(Type type, StringBuilder text)
    {
        _ = text.Append(' ').Append(type.Name);
        if (type.IsPrimitive || type.IsEnum || type.Namespace == nameof(System))
        {
            return;
        }

        int repeats = type.GetCustomAttribute<InlineArrayAttribute>()?.Length ?? 1;
        _ = text.Append(CultureInfo.InvariantCulture, $" x{repeats} {{");
        foreach (FieldInfo field in type
            .GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            .OrderBy(field => field.MetadataToken))
        {
            int offset = field.GetCustomAttribute<System.Runtime.InteropServices.FieldOffsetAttribute>()?.Value ?? -1;
            _ = text.Append(CultureInfo.InvariantCulture, $" {field.Name}@{offset}");
            Describe(field.FieldType, text);
        }

        _ = text.Append(" }");
    }
}
