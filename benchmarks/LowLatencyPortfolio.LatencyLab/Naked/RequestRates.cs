namespace LowLatencyPortfolio.LatencyLab;

/// <summary>How often a venue is asked for something; event time. A replacement counts as two requests.</summary>
/// <param name="Places">Orders placed.</param>
/// <param name="Replaces">Orders replaced.</param>
/// <param name="Cancels">Orders cancelled.</param>
/// <param name="Requests">All of them as requests.</param>
/// <param name="Peak">Most requests in one second.</param>
/// <param name="PeakSecond">That second, of the Unix epoch; 0 without any request.</param>
/// <param name="Mean">Requests a second over the whole time.</param>
/// <param name="BusySeconds">Seconds with at least one request.</param>
/// <param name="BusyMean">Requests a second over those.</param>
internal sealed record RequestRates(
    long Places, long Replaces, long Cancels, long Requests, int Peak, long PeakSecond, double Mean, int BusySeconds,
    double BusyMean);
