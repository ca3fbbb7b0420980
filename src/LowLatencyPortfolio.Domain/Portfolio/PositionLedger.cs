namespace LowLatencyPortfolio.Domain;

/// <summary>
/// One pair's money: what is held, what it cost, what was won or lost, all time and in the current trade.
/// </summary>
/// <remarks>
/// Thread: one owner. Allocation: none. A trade runs from flat to flat; its numbers stay readable after it closed,
/// until the next buy. Fields are plain so that a checkpoint can read and restore them; only its methods keep
/// them consistent:
/// <c>Realized − Cost = Σ (sell value − buy value − fee)</c> to the last digit. Source: SPEC 7.
/// </remarks>
public struct PositionLedger
{
    /// <summary>Base held, at least 0.</summary>
    public decimal Quantity;

    /// <summary>Quote paid for what is held, without fees, at least 0; 0 when flat.</summary>
    public decimal Cost;

    /// <summary>
    /// Quote won (lost when negative) by this pair since the beginning, all fees taken off, those of entries too.
    /// </summary>
    public decimal Realized;

    /// <summary>Quote paid in fees since the beginning; a rebate counts negative.</summary>
    public decimal Fees;

    /// <summary>As <see cref="Realized"/>, of the current trade.</summary>
    public decimal TradeRealized;

    /// <summary>As <see cref="Fees"/>, of the current trade.</summary>
    public decimal TradeFees;

    /// <summary>Base bought in the current trade.</summary>
    public decimal BoughtQuantity;

    /// <summary>Quote paid for <see cref="BoughtQuantity"/>, without fees.</summary>
    public decimal BoughtValue;

    /// <summary>Base sold in the current trade.</summary>
    public decimal SoldQuantity;

    /// <summary>Quote received for <see cref="SoldQuantity"/>, without fees.</summary>
    public decimal SoldValue;

    /// <summary>Trades that ended flat.</summary>
    public long ClosedTrades;

    /// <summary>Those of <see cref="ClosedTrades"/> that ended with a realized result above 0.</summary>
    public long WonTrades;

    /// <summary>Time of the current trade's first buy, ns since the Unix epoch; 0 before the first trade.</summary>
    public long OpenedAtNs;

    /// <summary>Time the last trade ended flat, ns since the Unix epoch; 0 before that.</summary>
    public long ClosedAtNs;

    /// <summary>Average price paid for what is held: cost ÷ quantity, for display; 0 when flat.</summary>
    /// <remarks>Rounding: half to even, 12 decimals.</remarks>
    public readonly decimal EntryPrice =>
        Quantity == 0m ? 0m : decimal.Round(Cost / Quantity, 12, MidpointRounding.ToEven);

    /// <summary>What selling all at a price would win, before fees.</summary>
    /// <param name="mark">Quote per base, above 0.</param>
    /// <returns>Quote; 0 when flat.</returns>
    public readonly decimal Unrealized(decimal mark) => Quantity * mark - Cost;

    /// <summary>Books a buy fill; opens a trade when flat.</summary>
    /// <param name="quantity">Base bought, above 0.</param>
    /// <param name="value">Quote paid without fee, at least 0.</param>
    /// <param name="fee">Quote; negative for a rebate.</param>
    /// <param name="timeNs">Event time, ns since the Unix epoch.</param>
    /// <exception cref="ArgumentOutOfRangeException">The quantity is not above 0.</exception>
    public void ApplyBuy(decimal quantity, decimal value, decimal fee, long timeNs)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(quantity);
        if (Quantity == 0m)
        {
            OpenTrade(timeNs);
        }

        Quantity += quantity;
        Cost += value;
        BoughtQuantity += quantity;
        BoughtValue += value;
        BookResult(0m, fee);
    }

    /// <summary>Books a sell fill; closes the trade when nothing is left.</summary>
    /// <param name="quantity">Base sold, above 0, at most <see cref="Quantity"/>.</param>
    /// <param name="value">Quote received without fee, at least 0.</param>
    /// <param name="fee">Quote; negative for a rebate.</param>
    /// <param name="timeNs">Event time, ns since the Unix epoch.</param>
    /// <remarks>
    /// Rounding: the cost of a part is truncated to 8 decimals; what that leaves behind goes with the last part.
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException">The quantity is not above 0.</exception>
    /// <exception cref="InvalidOperationException">More is sold than held; nothing was changed.</exception>
    /// <exception cref="OverflowException">Numbers beyond those of SPEC 1; nothing was changed.</exception>
    public void ApplySell(decimal quantity, decimal value, decimal fee, long timeNs)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(quantity);
        if (quantity > Quantity)
        {
            throw new InvalidOperationException($"a sell of {quantity} was booked with only {Quantity} held");
        }

        decimal removed = quantity == Quantity ? Cost : CostShare.Of(Cost, quantity, Quantity);
        Quantity -= quantity;
        Cost -= removed;
        SoldQuantity += quantity;
        SoldValue += value;
        BookResult(value - removed, fee);
        if (Quantity == 0m)
        {
            CloseTrade(timeNs);
        }
    }

    /// <summary>
    /// Takes coins out that left without an order of ours, at what they cost: nothing is won or lost by it.
    /// </summary>
    /// <param name="quantity">Base, above 0, at most <see cref="Quantity"/>.</param>
    /// <param name="timeNs">Event time, ns since the Unix epoch.</param>
    /// <returns>What they cost, quote.</returns>
    /// <remarks>Rounding: as in <see cref="ApplySell"/>.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">The quantity is not above 0.</exception>
    /// <exception cref="InvalidOperationException">More is taken than held; nothing was changed.</exception>
    public decimal TakeOut(decimal quantity, long timeNs)
    {
        decimal cost = quantity >= Quantity ? Cost : CostShare.Of(Cost, quantity, Quantity);
        ApplySell(quantity, cost, fee: 0m, timeNs);
        return cost;
    }

    private void BookResult(decimal result, decimal fee)
    {
        Realized += result - fee;
        TradeRealized += result - fee;
        Fees += fee;
        TradeFees += fee;
    }

    private void OpenTrade(long timeNs)
    {
        OpenedAtNs = timeNs;
        TradeRealized = 0m;
        TradeFees = 0m;
        BoughtQuantity = 0m;
        BoughtValue = 0m;
        SoldQuantity = 0m;
        SoldValue = 0m;
    }

    private void CloseTrade(long timeNs)
    {
        ClosedAtNs = timeNs;
        ClosedTrades++;
        if (TradeRealized > 0m)
        {
            WonTrades++;
        }
    }
}
