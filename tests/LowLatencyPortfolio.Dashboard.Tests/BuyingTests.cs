using System.Globalization;
using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace LowLatencyPortfolio.Dashboard.Tests;

/// <summary>What is being bought is shown beside the recommendations, and they do not ask for it again.</summary>
public sealed class BuyingTests
{
    private const string Product = "ETH-USD";

    [Fact]
    public void A_buy_that_is_not_finished_counts_with_what_it_has_not_bought_yet()
    {
        using MadeMarket market = new MadeMarket(seed: 7).Run();
        Assert.Empty(Buying(market));
        Assert.DoesNotContain("Being bought", Dashboard.Text("rebalance", market.Database), StringComparison.Ordinal);
        decimal quantity;
        using (SqliteConnection connection = new($"Data Source={market.Database};Pooling=False"))
        {
            connection.Open();
            using SqliteCommand command = connection.CreateCommand();
            command.CommandText =
                $"""
                UPDATE orders SET state = 'WORKING', filled_qty = '0'
                WHERE order_seq =
                    (SELECT MIN(order_seq) FROM orders WHERE product_id = '{Product}' AND purpose = 'ENTRY')
                RETURNING qty
                """;
            quantity = decimal.Parse((string)command.ExecuteScalar()!, CultureInfo.InvariantCulture);
        }

        JsonElement told = Assert.Single(Buying(market));
        Assert.Equal(
            (Product, quantity.ToString(CultureInfo.InvariantCulture)),
            (told.GetProperty("productId").GetString(), told.GetProperty("quantity").GetString()));
        Assert.Contains(
            string.Create(
                CultureInfo.InvariantCulture, $"Being bought, and not recommended again: {Product} {quantity}\n"),
            Dashboard.Text("rebalance", market.Database), StringComparison.Ordinal);
    }

    private static JsonElement[] Buying(MadeMarket market) =>
        [.. Dashboard.Json("rebalance", market.Database).GetProperty("buying").EnumerateArray()];
}
