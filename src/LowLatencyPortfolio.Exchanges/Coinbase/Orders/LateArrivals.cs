using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Exchanges.Coinbase;

/// <summary>
/// Sells of an earlier start that no row knows and that were still on their way when this start looked: the engine
/// takes them over, so that what they trade is booked and what is one too many is cancelled.
/// </summary>
/// <remarks>
/// Thread: under the desk's lock. Entries are written down before they are sent: one without a row cannot be explained,
/// and no entry is taken until a person has looked.
/// </remarks>
internal sealed class LateArrivals(DeskState state)
{
    private readonly HashSet<long> _taken = [];

    /// <summary>Takes an order over that is none of those known.</summary>
    /// <returns>Its index; −1 when it has a row, says nothing new, or cannot be understood.</returns>
    public int TakeOver(CoinbaseOrder seen, long epoch, long sequence, long nowNs)
    {
        bool isOpen = seen.Status == VenueStatus.Open;
        if (sequence <= state.LastWritten || (!isOpen && seen.FilledSize == 0m) || state.Book.Find(sequence) >= 0
            || state.Pairs.FirstOrDefault(pair => ProductAlias.IsSame(seen.ProductId, pair.ProductId)) is not { } pair)
        {
            return -1;
        }

        if (seen.Side != OrderSide.Sell || CommandOf(seen, sequence, pair, nowNs) is not { } command)
        {
            state.Health.SetMismatch(HaltCause.EntryUnknown, pair.Index, sequence, nowNs);
            return -1;
        }

        if (!_taken.Add(sequence))
        {
            return -1;      // it was over, and has been forgotten since
        }

        state.Book.TakeBack(new VenueOrder
        {
            Command = command, Epoch = epoch, ClientSequence = sequence, Phase = OrderPhase.Working,
            IsAcknowledged = true, IsRestored = true, VenueSize = command.Quantity,
        });
        int index = state.Book.Find(sequence);
        state.Reports.Add(ReportKind.TakenOver, in state.Book[index], nowNs).RelatedSequence = epoch;
        return index;
    }

    private static OrderCommand? CommandOf(CoinbaseOrder seen, long sequence, PairSetup pair, long nowNs)
    {
        bool isKnown = pair.Product.TryPriceUnits(seen.LimitPrice, out long limit)
            & pair.Product.TryPriceUnits(seen.StopPrice, out long trigger)
            & pair.Product.TryQuantityUnits(Math.Max(seen.Size, seen.FilledSize), out long quantity);
        return !isKnown || quantity == 0 ? null : new OrderCommand
        {
            Kind = OrderCommandKind.Place,
            Side = OrderSide.Sell,
            Type = trigger > 0 ? OrderType.StopLimit : limit > 0 ? OrderType.Limit : OrderType.Market,
            Purpose = trigger > 0 ? OrderPurpose.Stop : OrderPurpose.Exit,
            Product = pair.Index,
            Sequence = sequence,
            Limit = limit,
            Trigger = trigger,
            Quantity = quantity,
            ReleasedAtNs = nowNs,
        };
    }
}
