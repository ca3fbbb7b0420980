using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Pipeline;

/// <summary>The pair's unfinished orders, counted by what they do. Quantities are remaining ring units.</summary>
internal struct PairSurvey
{
    public int Stops;
    public int Buys;

    /// <summary>
    /// What buys have not bought yet, those included that nobody has sent: they wait for the disk, or for a slot.
    /// </summary>
    public long BuyQuantity;
    public int Exits;

    /// <summary>Of <see cref="Exits"/>, those that sell only a part.</summary>
    public int Sales;

    /// <summary>What they have not sold yet.</summary>
    public long SaleQuantity;
    public int Cancellable;
    public long StopQuantity;

    /// <summary>Of stops that nobody asked to end.</summary>
    public long LastingStopQuantity;

    /// <summary>Sells of an exit that could be cancelled.</summary>
    public int CancellableExits;
    public long SellQuantity;
    public long UnknownSellQuantity;
    public bool HasUnknown;
    public bool HasTriggeredStop;
    public bool HasRefusedCancel;

    /// <summary>
    /// A stop that the venue is known to have: working, triggered, or not yet confirmed as cancelled.
    /// </summary>
    public bool HasWorkingStop;

    /// <summary>What those stops have not sold yet.</summary>
    public long WorkingStopQuantity;
    public long HighestStopTrigger;

    /// <summary>A sell of an exit may still trade.</summary>
    public readonly bool HasExit => Exits > Sales;

    /// <summary>Counts the pair's orders that may still trade.</summary>
    public static PairSurvey Of(OrderTable orders, int product)
    {
        PairSurvey survey = default;
        for (int i = orders.FirstOf(product); i >= 0; i = orders.NextOf(i))
        {
            ref OrderEntry order = ref orders[i];
            if (order.IsLive)
            {
                survey.Add(in order);
            }

            survey.BuyQuantity += order.Side == OrderSide.Buy ? order.Remaining : 0;
        }

        return survey;
    }

    private void Add(in OrderEntry order)
    {
        bool isUnknown = order.State == OrderState.Unknown;
        HasUnknown |= isUnknown;
        HasRefusedCancel |= order.CancelRefused;
        if (order.CanCancel && !order.IsMarketSale)
        {
            Cancellable++;
        }

        if (order.Side == OrderSide.Buy)
        {
            Buys++;
            return;
        }

        if (isUnknown)
        {
            UnknownSellQuantity += order.Remaining;
        }
        else
        {
            SellQuantity += order.Remaining;
        }

        if (order.IsStop)
        {
            Stops++;
            StopQuantity += order.Remaining;
            LastingStopQuantity += order.CanCancel ? order.Remaining : 0;
            HasTriggeredStop |= order.State == OrderState.Triggered;
            bool isWorking = OrderTransitions.IsAtVenue(order.State);
            HasWorkingStop |= isWorking;
            WorkingStopQuantity += isWorking ? order.Remaining : 0;
            HighestStopTrigger = Math.Max(HighestStopTrigger, order.Trigger);
        }
        else
        {
            bool isSale = order.Purpose == OrderPurpose.Reduce;
            Exits++;
            Sales += isSale ? 1 : 0;
            SaleQuantity += isSale ? order.Remaining : 0;
            CancellableExits += !isSale && CancelChoice.Includes(DecisionKind.CancelExit, in order) ? 1 : 0;
        }
    }
}
