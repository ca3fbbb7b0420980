using System.Runtime.CompilerServices;
using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Pipeline;

/// <summary>
/// The last entries of a pair that were approved or queued, to recognise one that is asked for twice.
/// </summary>
[InlineArray(Size)]
internal struct RecentIntents
{
    public const int Size = 8;

    private RecentIntent _intent;

    public readonly bool Contains(OrderSide side, long quantity, long price, long nowNs, long withinNs)
    {
        for (int i = 0; i < Size; i++)
        {
            RecentIntent intent = this[i];
            if (intent.AtNs != 0 && nowNs - intent.AtNs < withinNs
                && intent.Side == side && intent.Quantity == quantity && intent.Price == price)
            {
                return true;
            }
        }

        return false;
    }
}

/// <summary>One entry that was approved or queued.</summary>
internal struct RecentIntent
{
    public long AtNs;
    public long Quantity;
    public long Price;
    public OrderSide Side;
}
