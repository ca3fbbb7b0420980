using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Pipeline.Tests.Simulation;

/// <summary>
/// What a real network does to a venue's reports: acks come late or are lost and resolved by asking, fills come after
/// the cancel was confirmed, and everything may come twice.
/// </summary>
internal sealed class Unreliability(Random random)
{
    private const int RecentReports = 32;
    private readonly List<(long DueNs, TradingEvent Report)> _late = [];
    private readonly Dictionary<long, TradingEvent> _heldFills = [];
    private readonly TradingEvent[] _recent = new TradingEvent[RecentReports];
    private readonly HashSet<long> _handCancelled = [];
    private int _reports;

    /// <summary>Nothing is under way that the venue already knows and the engine does not.</summary>
    public bool IsQuiet => _late.Count == 0 && _heldFills.Count == 0;

    /// <summary>A person asks the venue to cancel an order of ours.</summary>
    public void CancelByHand(long sequence) => _handCancelled.Add(sequence);

    /// <summary>Turns one report of the venue into those that arrive now.</summary>
    public void Pass(TradingEvent report, long nowNs, List<TradingEvent> arrive)
    {
        if (report.Report == ReportKind.Cancelled && _handCancelled.Remove(report.OrderSequence))
        {
            report.Reason = RejectReason.CancelledByOther;
        }

        if (report is { Report: ReportKind.Rejected, Reason: RejectReason.Chance } && random.Next(3) != 0)
        {
            report.Reason = random.Next(8) switch
            {
                < 2 => RejectReason.InvalidOrder,
                2 => RejectReason.KindRefused,
                _ => RejectReason.ProductState,
            };
        }

        if (_heldFills.Remove(report.OrderSequence, out TradingEvent held))
        {
            PassAfterHeldFill(report, held, arrive);
            return;
        }

        bool isAnswer =
            report.Report is ReportKind.Ack or ReportKind.Rejected or ReportKind.Replaced or ReportKind.Cancelled;
        if (isAnswer && random.Next(40) == 0)
        {
            Lose(in report, nowNs, arrive);
        }
        else if (isAnswer && random.Next(60) == 0)
        {
            _late.Add((nowNs + random.NextInt64(3_000_000_000), report));
        }
        else if (IsLastOfSale(in report) && random.Next(10) == 0)
        {
            _late.Add((nowNs + random.NextInt64(12_000_000_000), report));
        }
        else if (IsPartOfBuy(in report) && random.Next(6) == 0)
        {
            _heldFills.Add(report.OrderSequence, report);
        }
        else
        {
            Arrive(in report, arrive);
        }
    }

    public void PassDue(long nowNs, List<TradingEvent> arrive)
    {
        for (int i = 0; i < _late.Count; i++)
        {
            if (_late[i].DueNs <= nowNs)
            {
                Arrive(_late[i].Report, arrive);
                _late.RemoveAt(i--);
            }
        }

        if (random.Next(50) == 0 && _reports > 0)
        {
            arrive.Add(_recent[random.Next(Math.Min(_reports, RecentReports))]);     // once more
        }
    }

    private static bool IsLastOfSale(in TradingEvent report) =>
        report is { Report: ReportKind.Fill, Side: OrderSide.Sell, OrderType: OrderType.Market }
        && report.CumulativeQuantity >= report.Quantity;

    private static bool IsPartOfBuy(in TradingEvent report) =>
        report.Report == ReportKind.Fill && report.Side == OrderSide.Buy && report.CumulativeQuantity < report.Quantity;

    private void Lose(in TradingEvent report, long nowNs, List<TradingEvent> arrive)
    {
        TradingEvent unknown = report;
        unknown.Report = ReportKind.Unknown;
        unknown.Reason = RejectReason.None;
        unknown.RelatedSequence = 0;
        Arrive(in unknown, arrive);
        TradingEvent resolved = report;
        if (report.Report == ReportKind.Rejected && random.Next(2) == 0)
        {
            resolved.Report = ReportKind.ProvenAbsent;
            resolved.Reason = RejectReason.None;
        }

        _late.Add((nowNs + random.NextInt64(12_000_000_000), resolved));
    }

    // The cancel is confirmed by somebody who has not heard of the fill yet; the fill follows.
    private void PassAfterHeldFill(TradingEvent report, TradingEvent held, List<TradingEvent> arrive)
    {
        if (report.Report != ReportKind.Cancelled)
        {
            Arrive(in held, arrive);
            Arrive(in report, arrive);
            return;
        }

        report.CumulativeQuantity = PreviousCumulative(in held);
        Arrive(in report, arrive);
        Arrive(in held, arrive);
    }

    // A fill's quantity is its value at its price: what came before it is the rest.
    private static long PreviousCumulative(in TradingEvent fill)
    {
        decimal unitValue = ProductSpec.ValueOf(fill.Price, 1);
        return fill.CumulativeQuantity - decimal.ToInt64(fill.FillValue / unitValue);
    }

    private void Arrive(in TradingEvent report, List<TradingEvent> arrive)
    {
        if (report.Report != ReportKind.Unknown)
        {
            _recent[_reports++ % RecentReports] = report;
        }

        arrive.Add(report);
    }
}
