namespace LowLatencyPortfolio.ExchangeSim.Rest;

/// <summary>POST /admin/settings: what is given replaces the venue's setting, the rest stays.</summary>
internal sealed record AdminSettings(
    decimal? MakerFeeRate = null,
    decimal? TakerFeeRate = null,
    decimal? AckMs = null,
    decimal? CancelMs = null,
    decimal? EditMs = null,
    decimal? FillMs = null,
    decimal? FillListLagMs = null,
    decimal? OrderListLagMs = null,
    decimal? OrderFillLagMs = null,
    decimal? EndedOrderListMs = null,
    bool? FillOnTouch = null,
    bool? LimitFillsToPrintSize = null,
    int? MaxEditsPerOrder = null,
    bool? CanTrade = null,
    bool? CanTransfer = null)
{
    /// <exception cref="RequestFault">A rate outside 0 to 0.1, or a negative time or count.</exception>
    public VenueSettings ApplyTo(VenueSettings settings)
    {
        if (MakerFeeRate is < 0 or > 0.1m || TakerFeeRate is < 0 or > 0.1m)
            throw new RequestFault("fee rates are fractions from 0 to 0.1");
        if (MaxEditsPerOrder < 0)
            throw new RequestFault("max_edits_per_order must not be negative");
        return settings with
        {
            MakerFeeRate = MakerFeeRate ?? settings.MakerFeeRate,
            TakerFeeRate = TakerFeeRate ?? settings.TakerFeeRate,
            AckLatencyNs = Ns(AckMs) ?? settings.AckLatencyNs,
            CancelLatencyNs = Ns(CancelMs) ?? settings.CancelLatencyNs,
            EditLatencyNs = Ns(EditMs) ?? settings.EditLatencyNs,
            FillLatencyNs = Ns(FillMs) ?? settings.FillLatencyNs,
            FillListLagNs = Ns(FillListLagMs) ?? settings.FillListLagNs,
            OrderListLagNs = Ns(OrderListLagMs) ?? settings.OrderListLagNs,
            OrderFillLagNs = Ns(OrderFillLagMs) ?? settings.OrderFillLagNs,
            EndedOrderListNs = Ns(EndedOrderListMs) ?? settings.EndedOrderListNs,
            FillOnTouch = FillOnTouch ?? settings.FillOnTouch,
            LimitFillsToPrintSize = LimitFillsToPrintSize ?? settings.LimitFillsToPrintSize,
            MaxEditsPerOrder = MaxEditsPerOrder ?? settings.MaxEditsPerOrder,
            CanTrade = CanTrade ?? settings.CanTrade,
            CanTransfer = CanTransfer ?? settings.CanTransfer,
        };
    }

    private static long? Ns(decimal? ms) => ms is null ? null
        : ms is >= 0 and <= 86_400_000 ? (long)(ms.Value * 1_000_000)
        : throw new RequestFault("latencies are from 0 to 86400000 ms");
}
