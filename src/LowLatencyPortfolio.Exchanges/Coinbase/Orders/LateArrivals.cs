using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Exchanges.Coinbase;

/// <summary>
/// Orders of an earlier start that no row knows and that were still on their way when this start looked: the engine
/// takes them over, so that what they trade is booked, and what is one too many is cancelled.
/// </summary>
/// <remarks>
/// Thread: under the desk's lock. A sell may protect, so it is taken over at once. Entries are written down before they
/// are sent: one without a row cannot be explained, so no entry is taken from then on until a person has looked, and
/// once it is certain (<see cref="OrphanWatch"/>), it is cancelled and what it bought is kept, as at a start.
/// </remarks>
internal sealed class LateArrivals(DeskState state, CancelDesk cancels)
{
    private readonly HashSet<long> _taken = [];

    /// <summary>Entries that are not certain yet.</summary>
    public OrphanWatch Orphans { get; } = new(state);

    /// <summary>Takes an order over that is none of those known.</summary>
    /// <returns>Its index; −1 when it has a row, is not certain, says nothing new, or cannot be understood.</returns>
    public int TakeOver(CoinbaseOrder seen, long epoch, long sequence, long nowNs)
    {
        bool isOpen = seen.Status == VenueStatus.Open;
        if (sequence <= state.LastWritten || _taken.Contains(sequence) || state.Book.Find(sequence) >= 0
            || state.Pairs.FirstOrDefault(pair => ProductAlias.IsSame(seen.ProductId, pair.ProductId)) is not { } pair)
        {
            return -1;
        }

        if (!isOpen && seen.FilledSize == 0m)
        {
            if (seen.Status is VenueStatus.Filled or VenueStatus.Cancelled or VenueStatus.Expired or VenueStatus.Failed)
            {
                Orphans.Forget(sequence);
            }

            return -1;
        }

        if (CommandOf(seen, sequence, pair, nowNs) is not { } command)
        {
            HaltCause cause = seen.Side == OrderSide.Buy ? HaltCause.EntryUnknown : HaltCause.OrderDiffers;
            state.Health.SetMismatch(cause, pair.Index, sequence, nowNs);
            return -1;
        }

        if (seen.Side == OrderSide.Buy && !Orphans.IsCertain(seen, sequence, pair, nowNs))
        {
            return -1;
        }

        _ = _taken.Add(sequence);
        state.Book.TakeBack(new VenueOrder
        {
            Command = command, Epoch = epoch, ClientSequence = sequence, Phase = OrderPhase.Working,
            IsAcknowledged = true, IsRestored = true, VenueSize = command.Quantity,
        });
        int index = state.Book.Find(sequence);
        state.Reports.Add(ReportKind.TakenOver, in state.Book[index], nowNs).RelatedSequence = epoch;
        if (seen.Side == OrderSide.Buy)
        {
            cancels.Want(ref state.Book[index]);
        }

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
            Side = seen.Side,
            Type = trigger > 0 ? OrderType.StopLimit : limit > 0 ? OrderType.Limit : OrderType.Market,
            Purpose = seen.Side == OrderSide.Buy ? OrderPurpose.Entry
                : trigger > 0 ? OrderPurpose.Stop
                : OrderPurpose.Exit,
            Product = pair.Index,
            Sequence = sequence,
            Limit = limit,
            Trigger = trigger,
            Quantity = quantity,
            ReleasedAtNs = nowNs,
        };
    }
}
