using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Exchanges.Paper;

/// <summary>Matches one tick of a pair with the pair's live orders, in the order the price passes them.</summary>
internal sealed class PaperMatcher(PaperBook book, bool partialFills)
{
    private Meeting[] _meetings = new Meeting[256];

    public void Match(in MarketTick tick)
    {
        ref PaperPair pair = ref book.Pairs[tick.Product];
        int met = Gather(in tick, pair.LastPrice);
        pair.LastPrice = tick.Price;
        if (met == 0)
        {
            return;
        }

        long available = partialFills ? tick.Quantity - (tick.Quantity % pair.QuantityIncrement) : long.MaxValue;
        bool marketSellDone = false;
        for (int i = 0; i < met; i++)
        {
            int slot = _meetings[i].Slot;
            ref PaperOrder order = ref book.Orders[slot];
            bool marketSell = order.Type == OrderType.Market && order.Side == OrderSide.Sell;
            Meet(ref order, in tick, ref pair, ref available);
            order.Fresh = false;
            if (order.Remaining == 0)
            {
                marketSellDone |= marketSell;
                book.End(slot);
            }
            else if (order.Type == OrderType.LimitIoc)
            {
                book.Ledger.Release(in order);
                book.Reports.Add(ReportKind.Expired, in order, tick.TimeNs);
                book.End(slot);
            }
        }

        if (marketSellDone)
        {
            pair.GapPrice = 0;
        }
    }

    private void Meet(ref PaperOrder order, in MarketTick tick, ref PaperPair pair, ref long available)
    {
        switch (order.Type)
        {
            case OrderType.Market:
                bool afterGap = order.Side == OrderSide.Sell && pair.GapPrice != 0;
                long meets = afterGap ? Math.Min(tick.Price, pair.GapPrice) : tick.Price;
                Fill(
                    ref order, book.Pricing.Taker(meets, order.Side, limit: 0), Liquidity.Taker,
                    tick.TimeNs, ref available);
                break;

            case OrderType.StopLimit when !order.Triggered:
                Trigger(ref order, in tick, ref pair, ref available);
                break;

            case OrderType.LimitIoc when !IsWithinLimit(in order, tick.Price):
                break;

            case OrderType.Limit or OrderType.LimitIoc when order.Fresh:
                Fill(
                    ref order, book.Pricing.Taker(tick.Price, order.Side, order.Limit), Liquidity.Taker,
                    tick.TimeNs, ref available);
                break;

            default:
                if (order.Triggered)
                {
                    pair.GapPrice = 0;      // the price came back to the stop's limit
                }

                Fill(ref order, order.Limit, Liquidity.Maker, tick.TimeNs, ref available);
                break;
        }
    }

    private void Trigger(ref PaperOrder order, in MarketTick tick, ref PaperPair pair, ref long available)
    {
        order.Triggered = true;
        book.Reports.Add(ReportKind.Triggered, in order, tick.TimeNs);
        if (tick.Price >= order.Limit)
        {
            Fill(
                ref order, book.Pricing.Taker(tick.Price, order.Side, order.Limit), Liquidity.Taker,
                tick.TimeNs, ref available);
        }
        else if (pair.PlayedFromBars)
        {
            pair.GapPrice = pair.GapPrice == 0 ? tick.Price : Math.Min(pair.GapPrice, tick.Price);
        }
    }

    private void Fill(ref PaperOrder order, long price, Liquidity liquidity, long timeNs, ref long available)
    {
        long quantity = Math.Min(order.Remaining, available);
        if (quantity == 0)
        {
            return;
        }

        available -= quantity;
        decimal value = ProductSpec.ValueOf(price, quantity);
        decimal fee = book.Pricing.Fee(price, quantity, liquidity);
        book.Ledger.Release(in order);
        order.Filled += quantity;
        book.Ledger.Hold(in order);
        book.Ledger.Book(in order, quantity, value, fee);
        book.Reports.AddFill(in order, price, value, fee, liquidity, ++book.Fills, timeNs);
    }

    /// <summary>Collects the orders this tick reaches, sorted; the others have met a tick and are fresh no
    /// longer.</summary>
    private int Gather(in MarketTick tick, long last)
    {
        int met = 0;
        if (_meetings.Length < book.Orders.CountOf(tick.Product))
        {
            _meetings = new Meeting[book.Orders.CountOf(tick.Product) * 2];
        }

        for (int slot = book.Orders.First(tick.Product); slot != PaperOrderStore.None; slot = book.Orders.Next(slot))
        {
            ref PaperOrder order = ref book.Orders[slot];
            if (IsReached(in order, tick.Price))
            {
                Insert(new Meeting(DistanceOf(in order, last), order.Sequence, slot), met++);
            }
            else
            {
                order.Fresh = false;
            }
        }

        return met;
    }

    private static bool IsReached(in PaperOrder order, long price) => order.Type switch
    {
        OrderType.Market or OrderType.LimitIoc => true,
        OrderType.StopLimit when !order.Triggered => price <= order.Trigger,
        _ => IsWithinLimit(in order, price),
    };

    private static bool IsWithinLimit(in PaperOrder order, long price) =>
        order.Side == OrderSide.Buy ? price <= order.Limit : price >= order.Limit;

    /// <summary>
    /// How far the price travels from the last trade until it reaches the order: buys and stops are reached from above,
    /// sells from below. Market orders come before everything.
    /// </summary>
    private static long DistanceOf(in PaperOrder order, long last)
    {
        if (order.Type == OrderType.Market)
        {
            return -1;
        }

        if (last == 0)
        {
            return 0;
        }

        bool sleeps = order.Type == OrderType.StopLimit && !order.Triggered;
        bool fromAbove = sleeps || order.Side == OrderSide.Buy;
        long level = sleeps ? order.Trigger : order.Limit;
        return Math.Max(0, fromAbove ? last - level : level - last);
    }

    /// <summary>Insertion sort: a tick seldom reaches more than a handful of orders.</summary>
    private void Insert(Meeting meeting, int count)
    {
        int hole = count;
        while (hole > 0 && meeting.IsBefore(in _meetings[hole - 1]))
        {
            _meetings[hole] = _meetings[hole - 1];
            hole--;
        }

        _meetings[hole] = meeting;
    }

    private readonly struct Meeting(long distance, long sequence, int slot)
    {
        public int Slot => slot;

        private readonly long _distance = distance;
        private readonly long _sequence = sequence;

        public bool IsBefore(in Meeting other) =>
            _distance != other._distance ? _distance < other._distance : _sequence < other._sequence;
    }
}
