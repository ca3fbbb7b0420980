using System.Globalization;
using System.Text.Json;
using LowLatencyPortfolio.Persistence;

namespace LowLatencyPortfolio.Dashboard.Tests;

public sealed class BooksTests
{
    private static readonly string[] Columns = ["gross", "entryFees", "exitFees", "slippage", "net", "deployed"];

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 12)];

    // To repeat one: dotnet test --filter "DisplayName~Columns_add_up" with the seed that the failure names.
    [Theory]
    [MemberData(nameof(Seeds))]
    public void Columns_add_up_to_the_change_of_the_account_to_the_last_digit(int seed)
    {
        using MadeMarket market = new MadeMarket(seed).Run();
        JsonElement pairs = Dashboard.Json("pairs", market.Database);
        JsonElement total = pairs.GetProperty("total");
        Assert.NotEmpty(pairs.GetProperty("pairs").EnumerateArray());
        foreach (JsonElement line in pairs.GetProperty("pairs").EnumerateArray().Append(total))
        {
            decimal costs = Of(line, "entryFees") + Of(line, "exitFees") + Of(line, "slippage");
            Assert.Equal(Of(line, "net"), Of(line, "gross") - costs);
        }

        foreach (string column in Columns)
        {
            Assert.Equal(
                Of(total, column), pairs.GetProperty("pairs").EnumerateArray().Sum(pair => Of(pair, column)));
        }

        decimal equity = Of(JsonDocument.Parse(File.ReadAllText(market.InFolder("result.json"))).RootElement, "equity");
        Assert.Equal(equity, Of(pairs, "equity"));
        Assert.Equal(equity - Of(pairs, "totalCapital"), Of(total, "net"));
        Assert.True(pairs.GetProperty("balanced").GetBoolean());
        string net = total.GetProperty("net").GetString()!;
        Assert.Contains(
            $"Net {net} = equity {pairs.GetProperty("equity").GetString()} - capital 100000 USD",
            Dashboard.Text("pairs", market.Database), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Figures_are_those_the_engine_ended_with(int seed)
    {
        using MadeMarket market = new MadeMarket(seed, ticks: 250).Run();
        JsonElement engine = JsonDocument.Parse(File.ReadAllText(market.InFolder("result.json"))).RootElement;
        JsonElement summary = Dashboard.Json("summary", market.Database);
        foreach (string key in (string[])["equity", "realizedPnl", "unrealizedPnl", "fees", "winRatePct"])
        {
            Assert.Equal(engine.GetProperty(key).GetString(), summary.GetProperty(key).GetString());
        }

        using PortfolioDatabase database = PortfolioDatabase.OpenReadOnly(market.Database);
        Assert.Equal(database.Portfolio().Equity, Of(summary, "equity"));
        decimal orderFees =
            database.Orders().Where(order => order.Side == Domain.OrderSide.Sell).Sum(order => order.Fees);
        Assert.Equal(orderFees, Of(Dashboard.Json("pairs", market.Database).GetProperty("total"), "exitFees"));
    }

    [Fact]
    public void Slippage_is_what_stop_fills_got_less_than_their_triggers()
    {
        using MadeMarket market = new MadeMarket(seed: 7).Run();
        using PortfolioDatabase database = PortfolioDatabase.OpenReadOnly(market.Database);
        decimal expected = 0m;
        foreach (HistoryRow fill in database.History().Where(row => row.Action == Pipeline.HistoryAction.ExitFilled))
        {
            OrderRow order = database.Orders().Single(row => row.OrderSequence == fill.OrderSequence);
            expected += ((order.Trigger ?? fill.Price!.Value) * fill.Quantity!.Value) - fill.Value;
        }

        Assert.NotEqual(0m, expected);
        Assert.Equal(expected, Of(Dashboard.Json("pairs", market.Database).GetProperty("total"), "slippage"));
    }

    [Fact]
    public void A_position_has_the_account_of_its_own_trade()
    {
        using MadeMarket market = new MadeMarket(seed: 3).Run();
        decimal net = 0m;
        int positions = 0;
        string[] rest = ["--db", market.Database, "--json", "-"];
        while (Dashboard.Run(["position", $"{positions + 1}", .. rest]) is (0, var json, _))
        {
            net += Of(JsonDocument.Parse(json).RootElement, "net");
            positions++;
        }

        Assert.True(positions > 3);
        Assert.Equal(Of(Dashboard.Json("pairs", market.Database).GetProperty("total"), "net"), net);
    }

    [Fact]
    public void Concentration_cumulates_to_all_exposure_and_groups_divide_it()
    {
        using MadeMarket market = new MadeMarket(seed: 7).Run();
        JsonElement view = Dashboard.Json("concentration", market.Database);
        JsonElement[] pairs = [.. view.GetProperty("pairs").EnumerateArray()];
        decimal sum = pairs.Sum(pair => Of(pair, "exposure"));
        Assert.True(pairs.Length >= 2);
        Assert.Equal(pairs.OrderByDescending(pair => Of(pair, "exposure")).Select(pair => Of(pair, "exposure")),
            pairs.Select(pair => Of(pair, "exposure")));
        Assert.Equal(sum, Of(pairs[^1], "cumulativeExposure"));
        Assert.Equal(sum, view.GetProperty("groups").EnumerateArray().Sum(group => Of(group, "exposure")));
    }

    private static decimal Of(JsonElement element, string key) => decimal.Parse(
        element.GetProperty(key).GetString()!, CultureInfo.InvariantCulture);
}
