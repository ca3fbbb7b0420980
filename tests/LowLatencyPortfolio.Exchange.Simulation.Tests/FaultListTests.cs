using System.Globalization;
using System.Text.RegularExpressions;

namespace LowLatencyPortfolio.Exchange.Simulation.Tests;

/// <summary>The page about the tests says which faults have one, and the sources agree.</summary>
public sealed partial class FaultListTests
{
    private const string AtTheProcess = "Exchange.Simulation.Tests";
    private static readonly string Tests = TestsFolder();

    [Fact]
    public void Each_row_names_the_faults_that_stand_above_the_tests_of_its_file()
    {
        foreach ((string file, SortedSet<int> faults) in Rows())
        {
            Assert.Equal(faults, Numbers(Path.Combine(Tests, "LowLatencyPortfolio." + file + ".cs")));
        }
    }

    [Fact]
    public void Every_fault_has_a_test_and_fifty_have_one_against_the_process()
    {
        (string File, SortedSet<int> Faults)[] rows = Rows();
        Assert.Equal(Enumerable.Range(20, 58), new SortedSet<int>(rows.SelectMany(row => row.Faults)));
        int atTheProcess = rows.Where(row => row.File.StartsWith(AtTheProcess, StringComparison.Ordinal))
            .SelectMany(row => row.Faults).Distinct().Count();
        Assert.InRange(atTheProcess, 50, 58);
    }

    private static (string File, SortedSet<int> Faults)[] Rows() =>
    [
        .. Row().Matches(File.ReadAllText(Path.Combine(Tests, "README.md")))
            .Select(row => (row.Groups[1].Value, Parse(row.Groups[2].Value))),
    ];

    private static SortedSet<int> Numbers(string file) =>
        [.. Comment().Matches(File.ReadAllText(file)).SelectMany(comment => Parse(comment.Groups[1].Value))];

    private static SortedSet<int> Parse(string numbers) =>
        [.. numbers.Split(", ").Select(number => int.Parse(number, CultureInfo.InvariantCulture))];

    private static string TestsFolder()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "LowLatencyPortfolio.sln")))
        {
            folder = folder.Parent;
        }

        return Path.Combine(Assert.IsType<DirectoryInfo>(folder).FullName, "tests");
    }

    [GeneratedRegex(@"^\| `([A-Za-z./]+Tests)` \| ((?:\d\d(?:, )?)+) \|\r?$", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"^ +// (\d\d(?:, \d\d)*)\r?$", RegexOptions.Multiline)]
    private static partial Regex Comment();
}
