using System.Reflection;
using Disruptor;

namespace LowLatencyPortfolio.RingBuffer.Tests;

/// <summary>
/// CommonSurface.txt lists what code may use that is to compile against this ring and against the package.
/// </summary>
public class SurfaceTests
{
    [Fact]
    public void Everything_on_the_common_list_is_there() => Assert.Empty(Missing(ReadList()));

    [Fact]
    public void What_is_not_there_is_reported()
    {
        string[] wrong =
            ["[Disruptor.Sequence]", "method Void SetValue(Int32)", "[Disruptor.NoSuchType]", "kind class"];
        Assert.Equal(
            ["[Disruptor.Sequence] method Void SetValue(Int32)", "[Disruptor.NoSuchType] kind class"], Missing(wrong));
        Assert.True(ReadList().Length > 100);
    }

    /// <summary>
    /// The listed members that the assembly lacks. "*" stands for a type in which the two rings differ.
    /// </summary>
    private static List<string> Missing(IEnumerable<string> list)
    {
        var missing = new List<string>();
        var heading = "";
        var present = new HashSet<string>();
        foreach (var line in list)
        {
            if (line.StartsWith('['))
            {
                heading = line;
                present = MembersOf(typeof(Sequence).Assembly, line.Trim('[', ']'));
            }
            else if (!present.Contains(line))
            {
                missing.Add($"{heading} {line}");
            }
        }

        return missing;
    }

    private static HashSet<string> MembersOf(Assembly assembly, string name)
    {
        var type = assembly.GetExportedTypes().SingleOrDefault(
            candidate => $"{candidate.Namespace}.{Signature.NameOf(candidate)}" == name);
        if (type is null)
            return [];
        const BindingFlags Public = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static
            | BindingFlags.FlattenHierarchy;
        var inherited = type.IsInterface ? type.GetInterfaces().SelectMany(parent => parent.GetMembers(Public)) : [];
        var implemented = type.GetInterfaces().Select(parent => $"implements {Signature.NameOf(parent)}");
        return [
            Signature.KindOf(type),
            .. implemented,
            .. type.GetMembers(Public).Concat(inherited).SelectMany(Signature.Of)];
    }

    private static string[] ReadList()
    {
        using var stream = typeof(SurfaceTests).Assembly.GetManifestResourceStream("CommonSurface.txt")!;
        using var reader = new StreamReader(stream);
        return [.. reader.ReadToEnd().Split('\n').Select(line => line.Trim())
            .Where(line => line.Length > 0 && !line.StartsWith('#'))];
    }
}
