namespace LowLatencyPortfolio.Pipeline;

/// <summary>What Dispatch counts.</summary>
internal struct DispatchCounts
{
    public long Orders;
    public long Fills;
    public long StopsPlaced;
    public long StopsReplaced;
    public long Exits;
    public long RiskRejections;
    public long VenueRejections;
    public long UnknownOrderReports;
    public long NakedAlarms;
    public long BlockedExits;
    public long ExternalOuts;
}
