using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Engine;
using LowLatencyPortfolio.Persistence;
using static MultiPairDemo.Lines;

namespace MultiPairDemo;

/// <summary>One rebalance that is carried out: positions that have outgrown their size are sold down to it.</summary>
/// <remarks>The stop is made smaller first, then the part that it no longer covers is sold.</remarks>
internal sealed class Rebalance
{
    // On the third day, when prices have had time to drift.
    private static readonly DateTimeOffset NotBefore = new(2023, 12, 10, 0, 0, 0, TimeSpan.Zero);

    private bool _isDone;

    /// <summary>Carries out what is recommended, once, as soon as something is to be sold.</summary>
    public async Task LookAsync(MultiPairOrchestrator portfolio, PortfolioStatus status)
    {
        if (_isDone || status.At < NotBefore)
        {
            return;
        }

        IReadOnlyList<RebalanceResult> recommended = await portfolio.RebalanceAsync();
        if (recommended.All(result => result.Action.Kind == RebalanceKind.Increase))
        {
            return;
        }

        _isDone = true;
        foreach ((RebalanceAction action, RiskVerdict verdict, _) in await portfolio.RebalanceAsync(execute: true))
        {
            string outcome = verdict == RiskVerdict.Approved ? "begun" : $"REFUSED: {Words(verdict)}";
            (string name, decimal quantity) = (action.ProductId, action.Quantity);
            Say($"{status.At:MM-dd HH:mm}  {name,-9}  rebalance: {action.Kind} by {quantity:G29}, {outcome}");
            Say($"                        {action.WeightPct:F2} % of equity, {action.TargetPct} % wanted");
        }
    }

    /// <summary>What became of it: the stop before, the smaller stop, the sell.</summary>
    public static void Show(PortfolioDatabase stored)
    {
        IReadOnlyList<OrderRow> orders = stored.Orders();
        Say($"Rebalancing carried out");
        foreach (OrderRow sold in orders.Where(order => order.Purpose == OrderPurpose.Reduce))
        {
            OrderRow[] stops = [.. orders.Where(order => order.Purpose == OrderPurpose.Stop
                && order.PositionId == sold.PositionId && order.OrderSequence < sold.OrderSequence)];
            (OrderRow before, OrderRow after) = (stops[^2], stops[^1]);
            Say($"  {sold.ProductId,-9}  stop before: {before.Quantity} at {before.Trigger}");
            Say($"             stop after:  {after.Quantity} at {after.Trigger}");
            Say($"             sold {sold.FilledQuantity} of {sold.Quantity} for ${sold.FilledValue:N2}: {sold.State}");
        }
    }
}
