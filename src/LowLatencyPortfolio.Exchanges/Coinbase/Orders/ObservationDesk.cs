using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Exchanges.Coinbase;

/// <summary>
/// Takes in what the venue says of orders: finds ours, brings it into ring units, compares the terms.
/// </summary>
/// <remarks>Thread: under the desk's lock.</remarks>
internal sealed class ObservationDesk(DeskState state, CancelDesk cancels)
{
    /// <summary>Stops of a pair that are placed anew, one after the other, because they rest at other terms.</summary>
    internal const int MostRepairs = 3;

    private readonly VenueOrderBook _book = state.Book;
    private readonly LateArrivals _late = new(state, cancels);
    private readonly LateEdits _edits = new(state);
    private readonly CarriedEdits _carried = new(state);
    private readonly int[] _repairs = new int[state.Pairs.Count];

    /// <summary>Entries that no row knows and that are not certain yet.</summary>
    public OrphanWatch Orphans => _late.Orphans;

    /// <summary>Takes one look in.</summary>
    /// <returns>Index of the order; −1 when it is none of this session's, or cannot be understood.</returns>
    public int Take(CoinbaseOrder seen, ClientOrderIds ids, long nowNs)
    {
        if (!ids.TryParse(seen.ClientOrderId, out long epoch, out long sequence))
        {
            state.Counts.Foreign++;
            return -1;
        }

        int index = _book.FindAtVenue(epoch, sequence);
        if (index < 0 && epoch < ids.Epoch)
        {
            index = _late.TakeOver(seen, epoch, sequence, nowNs);
        }

        if (index < 0)
        {
            state.Counts.UnknownOwn++;
            return -1;
        }

        ref VenueOrder order = ref _book[index];
        ProductSpec product = state.Pairs[order.Command.Product].Product;
        if (!ProductAlias.IsSame(seen.ProductId, product.ProductId) || seen.Side != order.Command.Side)
        {
            state.Counts.Mismatches++;
            state.Health.SetMismatch(HaltCause.OrderDiffers, order.Command.Product, order.Sequence, nowNs);
            return -1;
        }

        OrderView view = new()
        {
            Status = seen.Status,
            IsTriggered = seen.IsTriggered,
            Value = seen.FilledValue,
            Fees = seen.TotalFees,
            Liquidity = seen.Liquidity,
        };
        if (!VenueOrderId.TryParse(seen.OrderId, out view.Id)
            || !product.TryQuantityUnits(seen.FilledSize, out view.Filled))
        {
            state.Counts.Malformed++;
            return -1;
        }

        index = _carried.Follow(index, in view, seen, nowNs);
        return Apply(index, in view, nowNs) ? CompareTerms(index, product, seen, ids.Epoch, nowNs) : index;
    }

    /// <summary>Takes in what the fills of an order add up to.</summary>
    /// <returns>Index of the order that stands there now.</returns>
    public int TakeFills(int index, decimal size, decimal value, decimal fees, Liquidity liquidity, long nowNs)
    {
        ref VenueOrder order = ref _book[index];
        OrderView view = new() { Value = value, Fees = fees, Liquidity = liquidity };
        if (state.Pairs[order.Command.Product].Product.TryQuantityUnits(size, out view.Filled))
        {
            index = _carried.Follow(index, in view, null, nowNs);
            _ = Apply(index, in view, nowNs);
        }
        else
        {
            state.Counts.Malformed++;
        }

        return index;
    }

    // More than was asked for: what else is not as we believe, only a person can say.
    private bool Apply(int index, in OrderView view, long nowNs)
    {
        long overfills = _book.Overfills;
        bool isPlausible = _book.Apply(index, in view, nowNs);
        if (_book.Overfills != overfills)
        {
            ref VenueOrder order = ref _book[index];
            state.Health.SetMismatch(HaltCause.OrderOverfilled, order.Command.Product, order.Sequence, nowNs);
        }

        return isPlausible;
    }

    // An edit may take a while to be seen, so only a difference that stays counts.
    private int CompareTerms(int index, ProductSpec product, CoinbaseOrder seen, long epoch, long nowNs)
    {
        ref VenueOrder order = ref _book[index];
        bool isSettled = order is { Phase: OrderPhase.Working, ReplacedBy: 0 } && seen.Status == VenueStatus.Open;
        if (!isSettled || OrderTerms.Match(product, in order, seen))
        {
            order.DiffersSinceNs = 0;
            _repairs[order.Command.Product] = isSettled && IsStop(in order) ? 0 : _repairs[order.Command.Product];
            return index;
        }

        if (_edits.Follow(index, seen, epoch, nowNs) is >= 0 and int moved)
        {
            return moved;
        }

        order.DiffersSinceNs = order.DiffersSinceNs == 0 ? nowNs : order.DiffersSinceNs;
        if (!order.WasEdited)
        {
            state.Counts.Mismatches++;
            state.Health.SetMismatch(HaltCause.OrderDiffers, order.Command.Product, order.Sequence, nowNs);
        }

        if (!order.WasEdited && !IsStop(in order))
        {
            return index;
        }

        if (nowNs - order.DiffersSinceNs < DeskState.Ns(state.Options.EditProof))
        {
            DeskState.LookBy(ref order, nowNs + DeskState.Ns(state.Options.EditProof));
        }
        else
        {
            PlaceAnew(ref order);
        }

        return index;
    }

    // The edit was not carried out after all, or the venue made another stop of the one it was asked for: once it is
    // gone, the engine places its stop anew. Not where that cannot be taken, and not without end.
    private void PlaceAnew(ref VenueOrder order)
    {
        int product = order.Command.Product;
        if (order.Cancel != CancelPhase.None || order.IsTriggered || !state.Products.TakesOrders(product)
            || _repairs[product] >= MostRepairs)
        {
            return;
        }

        _repairs[product]++;
        state.Counts.Mismatches += order.WasEdited ? 1 : 0;
        state.Edits.TurnOff(product);
        cancels.Want(ref order);
    }

    private static bool IsStop(in VenueOrder order) => order.Command.Purpose == OrderPurpose.Stop;
}
