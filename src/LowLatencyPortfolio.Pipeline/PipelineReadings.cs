using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Pipeline;

/// <summary>Gathers what the stages counted and know, for people and tests.</summary>
internal static class PipelineReadings
{
    public static PipelineCounters CountersOf(StageSet stages)
    {
        DispatchCounts counts = stages.Dispatch.Counts;
        NormalizeStage normalize = stages.Normalize;
        return new PipelineCounters
        {
            Ticks = stages.Ticks,
            TicksRejected = normalize.Duplicates + normalize.HeldDropped,
            TicksWoken = stages.Ratchet.Woken,
            Orders = counts.Orders,
            Fills = counts.Fills,
            StopsPlaced = counts.StopsPlaced,
            StopsReplaced = counts.StopsReplaced,
            Exits = counts.Exits,
            RiskRejections = counts.RiskRejections,
            VenueRejections = counts.VenueRejections,
            Contradictions =
                stages.Ratchet.Contradictions + stages.RiskGate.Contradictions + stages.Dispatch.Contradictions,
            NakedAlarms = counts.NakedAlarms,
            BlockedExits = counts.BlockedExits,
            ExternalOuts = counts.ExternalOuts,
            BreakerTrips = stages.RiskGate.Gate.Trips,
        };
    }

    public static PairReading[] PairsOf(StageSet stages, PairSetup[] setups)
    {
        stages.Settle();
        PairReading[] readings = new PairReading[setups.Length];
        for (int i = 0; i < setups.Length; i++)
        {
            ProtectedPair pair = stages.Ratchet.Pairs[i];
            ProductSpec product = setups[i].Product;
            StopCover cover = StopCover.Of(stages.RiskGate.Gate.Orders, i, pair.Held, product);
            decimal held = product.QuantityOf(pair.Held);
            decimal mark = product.PriceOf(stages.RiskGate.Pairs[i].Mark);
            readings[i] = new PairReading(
                product.ProductId, held, mark,
                product.PriceOf(pair.Held > 0 ? pair.Highest : 0), product.PriceOf(pair.Trigger),
                pair.State, pair.LongestNakedNs)
            {
                Risk = new HeldRisk(held, mark, product.QuantityOf(cover.Quantity), cover.Value),
            };
        }

        return readings;
    }
}
