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

    /// <summary>Any thread; nothing is written and nothing is followed that a stage may be changing.</summary>
    public static PipelineVitals VitalsOf(StageSet stages)
    {
        long newest = 0;
        long oldestHeld = long.MaxValue;
        long nakedSince = long.MaxValue;
        int down = 0;
        for (int i = 0; i < stages.RiskGate.Pairs.Length; i++)
        {
            GatedPair gated = stages.RiskGate.Pairs[i];
            long naked = stages.Ratchet.Pairs[i].NakedSinceNs;
            down += gated.FeedDown ? 1 : 0;
            newest = Math.Max(newest, gated.MarkAtNs);
            oldestHeld = gated.Held > 0 ? Math.Min(oldestHeld, gated.MarkAtNs) : oldestHeld;
            nakedSince = naked != 0 ? Math.Min(nakedSince, naked) : nakedSince;
        }

        GateState gate = stages.RiskGate.Gate;
        return new PipelineVitals
        {
            OpenOrders = stages.Dispatch.OpenOrders,
            PairsDown = down,
            IsUserChannelUp = !gate.IsUserChannelDown,
            IsClockSkewed = gate.IsBad(HealthFlag.ClockSkew),
            AreQuestionsFailing = gate.AreQuestionsFailing,
            IsReconciled = !gate.IsBad(HealthFlag.NotReconciled),
            NewestPriceAtNs = newest,
            OldestHeldPriceAtNs = oldestHeld == long.MaxValue ? 0 : oldestHeld,
            NakedSinceNs = nakedSince == long.MaxValue ? 0 : nakedSince,
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
