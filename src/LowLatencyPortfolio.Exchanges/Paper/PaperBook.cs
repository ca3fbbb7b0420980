using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Exchanges.Paper;

/// <summary>Everything the paper exchange knows: orders, account, prices, waiting reports. Admission and matching work
/// on it.</summary>
internal sealed class PaperBook
{
    public PaperBook(PaperConfig config, PairSetup[] pairs, decimal startingCash, bool[] playedFromBars)
    {
        Pricing = new PaperPricing(config);
        Ledger = new PaperLedger(Pricing, pairs.Length, startingCash);
        Orders = new PaperOrderStore(pairs.Length, Math.Max(256, pairs.Length * 16));
        Reports = new PaperReports(Math.Max(256, pairs.Length * 8));
        Pairs = new PaperPair[pairs.Length];
        for (int i = 0; i < pairs.Length; i++)
        {
            Pairs[i].PlayedFromBars = playedFromBars[i];
            Pairs[i].QuantityIncrement = pairs[i].Product.QuantityIncrementUnits;
        }
    }

    public PaperPricing Pricing { get; }

    public PaperLedger Ledger { get; }

    public PaperOrderStore Orders { get; }

    public PaperDoneOrders Done { get; } = new();

    public PaperReports Reports { get; }

    public PaperPair[] Pairs { get; }

    /// <summary>Fills so far; the number of the newest is its trade key.</summary>
    public long Fills { get; set; }

    /// <summary>Takes a live order out: nothing of it trades any more. Its hold was released before.</summary>
    public void End(int slot)
    {
        Done.Add(in Orders[slot]);
        Orders.Remove(slot);
    }

    public void Write(CheckpointWriter writer)
    {
        Ledger.Write(writer);
        Orders.Write(writer);
        Done.Write(writer);
        writer.Write(Fills);
        foreach (PaperPair pair in Pairs)
        {
            writer.Write(pair.LastPrice);
            writer.Write(pair.GapPrice);
        }
    }

    public void Read(CheckpointReader reader)
    {
        Ledger.Read(reader);
        Orders.Read(reader);
        Done.Read(reader);
        Fills = reader.ReadInt64();
        for (int product = 0; product < Pairs.Length; product++)
        {
            Pairs[product].LastPrice = reader.ReadInt64();
            Pairs[product].GapPrice = reader.ReadInt64();
            for (int slot = Orders.First(product); slot != PaperOrderStore.None; slot = Orders.Next(slot))
            {
                Ledger.Hold(in Orders[slot]);
            }
        }
    }
}
