using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Pipeline.Tests.Simulation;

/// <summary>The buys that work at the venue, and how long each has while the mode lets none.</summary>
internal sealed class WorkingBuys
{
    private readonly Dictionary<long, int> _seconds = [];

    /// <summary>Longest time so far that a buy worked in a mode that lets none, timers.</summary>
    public int Longest { get; private set; }

    /// <summary>Buys that worked for a second or more in a mode that lets none.</summary>
    public int Overtaken { get; private set; }

    /// <summary>What the venue says, before anything of it is lost on the way.</summary>
    public void Follow(in TradingEvent report)
    {
        if (report.Side != OrderSide.Buy)
        {
            return;
        }

        bool isOver = report.Report is ReportKind.Cancelled or ReportKind.Expired or ReportKind.Rejected
            || (report.Report == ReportKind.Fill && report.CumulativeQuantity >= report.Quantity);
        if (isOver)
        {
            _seconds.Remove(report.OrderSequence);
        }
        else if (report.Report is ReportKind.Ack or ReportKind.Fill)
        {
            _seconds.TryAdd(report.OrderSequence, 0);
        }
    }

    /// <summary>A second has passed in this mode.</summary>
    public void Pass(TradingMode mode)
    {
        foreach (long sequence in _seconds.Keys)
        {
            int seconds = mode == TradingMode.Trading ? 0 : _seconds[sequence] + 1;
            _seconds[sequence] = seconds;
            Overtaken += seconds == 1 ? 1 : 0;
            Longest = Math.Max(Longest, seconds);
        }
    }
}
