using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Pipeline;

/// <summary>The risk gate's orders to close pairs: which are given, which comes next, which are done.</summary>
/// <remarks>
/// It asks; the ratchet, which hears of it through a control event, does the closing. Source: SPEC 10, liquidation.
/// </remarks>
internal sealed class Liquidator(GateState gate, EntryDesk desk, PortfolioBoard board)
{
    /// <summary>Every pair with a position or an order is to be closed, beginning with the largest exposure.</summary>
    public void Begin(ref TradingEvent e, ExitReason reason)
    {
        gate.LiquidationReason = reason;
        for (int i = 0; i < gate.Pairs.Length; i++)
        {
            gate.LiquidationAsked[i] = gate.Pairs[i].MustExit != ExitReason.None;
        }

        RequestNext(ref e);
    }

    /// <summary>
    /// Asks for the next pair: one per event, each control event that passes asks for the one after it.
    /// </summary>
    public void RequestNext(ref TradingEvent e)
    {
        if (gate.LiquidationReason == ExitReason.None)
        {
            return;
        }

        gate.SyncMarks();
        int largest = -1;
        decimal exposure = 0m;
        for (int i = 0; i < gate.Pairs.Length; i++)
        {
            decimal candidate = gate.Portfolio.Exposure(i);
            bool isNext = !gate.LiquidationAsked[i] && (gate.Pairs[i].Held > 0 || gate.Orders.FirstOf(i) >= 0);
            if (isNext && (largest < 0 || candidate > exposure))
            {
                largest = i;
                exposure = candidate;
            }
        }

        if (largest >= 0)
        {
            gate.LiquidationAsked[largest] = true;
            gate.Pairs[largest].MustExit = gate.LiquidationReason;
            board.MarkChanged(largest);
            Request(ref e, largest, gate.LiquidationReason);
        }
        else
        {
            gate.LiquidationReason = ExitReason.None;
        }
    }

    /// <summary>
    /// An order to close a pair stands until nothing is left: a buy that was on its way when it was given joins the
    /// exit.
    /// </summary>
    public void FinishOrInsist(ref TradingEvent e, ref GatedPair pair)
    {
        ForgetExitIfDone(ref pair, e.Product);
        bool isOpenAgain = pair.MustExit != ExitReason.None && !pair.Exiting && pair.Held > 0;
        if (isOpenAgain && e.Kind == EventKind.OrderReport && (e.RiskRequest & StageRequest.Liquidate) == 0)
        {
            Request(ref e, e.Product, pair.MustExit);
        }
    }

    /// <summary>
    /// Also asked when an entry is abandoned: it may have been the last thing of the pair, and no report will say so.
    /// </summary>
    public void ForgetExitIfDone(ref GatedPair pair, int product)
    {
        if (gate.Orders.FirstOf(product) < 0
            && (pair.Held == 0 || (!pair.Exiting && desk.IsDust(product, pair.Held, pair.Mark))))
        {
            pair.MustExit = ExitReason.None;
        }
    }

    private static void Request(ref TradingEvent e, int product, ExitReason reason)
    {
        e.RiskRequest |= StageRequest.Liquidate;
        e.LiquidationReason = reason;
        e.LiquidateProduct = (short)product;
    }
}
