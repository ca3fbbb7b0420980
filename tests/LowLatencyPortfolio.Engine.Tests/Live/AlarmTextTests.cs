using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Engine.Tests.Live;

/// <summary>What an alarm says to a person.</summary>
public sealed class AlarmTextTests
{
    private static readonly ProductSpec s_product = new("BTC-USD", 0.01m, 0.001m, 0.01m, 1m);

    [Fact]
    public void Position_without_a_stop_is_said_to_be_watched_and_one_whose_sell_does_not_end_is_not()
    {
        StateChange row = new()
        {
            Kind = StateChangeKind.History, Action = HistoryAction.NakedAlarm, Quantity = 200_000_000,
            Price = 9_500_000_000,
        };
        Assert.Contains(
            "no stop rests for 2 BTC; the engine watches the trigger 95 itself", AlarmText.Of(in row, s_product),
            StringComparison.Ordinal);
        row.ExitReason = ExitReason.Liquidation;
        string text = AlarmText.Of(in row, s_product);
        Assert.Contains("a sell of 2 BTC does not end", text, StringComparison.Ordinal);
        Assert.DoesNotContain("watches the trigger", text, StringComparison.Ordinal);
    }
}
