using System.Text.Json;
using LowLatencyPortfolio.Dashboard.Rendering;
using Spectre.Console;

namespace LowLatencyPortfolio.Dashboard.Tests;

public sealed class GoldenTests : IDisposable
{
    private readonly MadeMarket _market = new MadeMarket(seed: 7).Run();

    public static TheoryData<string> Commands =>
        [.. Dashboard.Commands, "pairs --exact", "orders --product eth-usd --last 5 --state filled",
            "history --last 8 --action stop-replaced", "watch"];

    [Theory]
    [MemberData(nameof(Commands))]
    public void Text_in_a_pipe_is_the_expected_one(string command) => AssertGolden(
        command.Replace("--", string.Empty, StringComparison.Ordinal).Replace(' ', '-'),
        Dashboard.Text(command, _market.Database));

    [Fact]
    public void Correlations_in_a_pipe_are_the_expected_ones()
    {
        using MadeMarket market = new MadeMarket(seed: 7, ticks: 1_600).RunWithSignals();
        AssertGolden("correlation-signals", Dashboard.Text("correlation", market.Database));
    }

    [Fact]
    public void Rebalance_says_that_orders_are_on_how_often_it_is_looked_and_what_was_ordered()
    {
        using MadeMarket market = new MadeMarket(seed: 7, ticks: 1_600).RunWithRebalances();
        AssertGolden("rebalance-by-orders", Dashboard.Text("rebalance", market.Database));
        JsonElement settings = Dashboard.Json("rebalance", market.Database).GetProperty("settings");
        Assert.Equal(
            """{"method":"threshold","orders":true,"intervalMinutes":1,"cooldownIntervals":2,"thresholdPct":"""
            + """null,"calendarHours":24,"totalWeightPct":null,"riskAversion":"3","horizonDays":365,"slippageBps":"5"}""",
            JsonSerializer.Serialize(settings));
    }

    [Fact]
    public void Rebalance_says_so_where_no_start_has_stored_its_settings()
    {
        Assert.Equal(10, _market.Change("DELETE FROM meta WHERE key LIKE 'rebalance%'"));
        Assert.StartsWith(
            "Whether the engine rebalances by orders is not stored", Dashboard.Text("rebalance", _market.Database),
            StringComparison.Ordinal);
        Assert.Equal(
            JsonValueKind.Null, Dashboard.Json("rebalance", _market.Database).GetProperty("settings").ValueKind);
    }

    // What is printed now is kept beside the expected text when they differ: Golden/*.actual in the output folder.
    private static void AssertGolden(string name, string actual)
    {
        string expected = Path.Combine(AppContext.BaseDirectory, "Golden", name + ".txt");
        if (!File.Exists(expected) || File.ReadAllText(expected) != actual)
        {
            _ = Directory.CreateDirectory(Path.GetDirectoryName(expected)!);
            File.WriteAllText(Path.ChangeExtension(expected, ".actual"), actual);
        }

        Assert.Equal(File.ReadAllText(expected), actual);
        Assert.DoesNotContain(actual, c => char.IsControl(c) && c != '\n');
        Assert.All(actual, c => Assert.True(c < 128, $"{c} is no plain text"));
    }

    [Theory]
    [InlineData(80)]
    [InlineData(120)]
    [InlineData(200)]
    public void A_terminal_gets_whole_cells_and_no_line_wider_than_itself(int width)
    {
        using Persistence.PortfolioDatabase database = Persistence.PortfolioDatabase.OpenReadOnly(_market.Database);
        Persistence.PortfolioPicture picture = Persistence.PortfolioPicture.Read(database);
        View[] views =
        [
            Views.SummaryView.Of(picture, null), Views.ConcentrationView.Of(picture), Views.RiskView.Of(picture, null),
            Views.PairsView.Of(picture, exact: false), Views.RebalanceView.Of(picture, new Views.RebalanceLast([], null)),
            Views.OrdersView.Of(picture, new Views.OrderFilter(null, null, 20)),
            Views.HistoryView.Of(database, null, Pipeline.HistoryAction.None, 20),
            Views.WatchView.Of(database, picture, null),
            .. OfSignals(),
        ];
        foreach (View view in views)
        {
            StringWriter text = new();
            IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
            {
                Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors, Out = new AnsiConsoleOutput(text),
            });
            console.Profile.Width = width;
            console.Profile.Capabilities.Unicode = true;
            TerminalPage.Write(console, view);
            string page = text.ToString();
            Assert.All(page.Split('\n'), line => Assert.True(line.TrimEnd().Length <= width, line));
            foreach (TableBlock table in view.Blocks.OfType<TableBlock>())
            {
                Assert.All(
                    table.Rows.SelectMany(row => row),
                    cell => Assert.Contains(cell.Text, page, StringComparison.Ordinal));
            }
        }
    }

    // Correlations, and a position that was won by them.
    private static IEnumerable<View> OfSignals()
    {
        using MadeMarket market = new MadeMarket(seed: 7, ticks: 1_600).RunWithSignals();
        using Persistence.PortfolioDatabase database = Persistence.PortfolioDatabase.OpenReadOnly(market.Database);
        Persistence.PortfolioPicture picture = Persistence.PortfolioPicture.Read(database);
        Persistence.PairPicture pair = picture.Pairs.First(pair => pair.Positions.Count > 0);
        View correlation = Views.CorrelationView.Of(picture, database.Correlations());
        Assert.Contains(correlation.Blocks.OfType<TableBlock>(), table => table.Rows.Count > 1);
        return [correlation, Views.PositionView.Of(database, picture, pair, pair.Positions[^1])];
    }

    public void Dispose() => _market.Dispose();
}
