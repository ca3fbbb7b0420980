using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.LatencyLab;

/// <summary>Hands order commands on and counts them by the second of event time in which they were released.</summary>
/// <param name="inner">Who takes the commands.</param>
/// <param name="sinceNs">Commands released earlier are handed on and not counted, ns UTC.</param>
internal sealed class RequestMeter(IOrderSink inner, long sinceNs) : IOrderSink
{
    private readonly SortedDictionary<long, int> _seconds = [];

    public long Places { get; private set; }

    public long Replaces { get; private set; }

    public long Cancels { get; private set; }

    public void Submit(in OrderCommand command)
    {
        if (command.ReleasedAtNs >= sinceNs)
        {
            Count(in command);
        }

        inner.Submit(in command);
    }

    /// <summary>What the seconds come to.</summary>
    /// <param name="span">Time looked at, which the mean is over.</param>
    public RequestRates Rates(TimeSpan span)
    {
        long requests = _seconds.Values.Sum(count => (long)count);
        KeyValuePair<long, int> peak = _seconds.Count == 0
            ? default
            : _seconds.MaxBy(second => second.Value);
        return new RequestRates(
            Places, Replaces, Cancels, requests, peak.Value, peak.Key, requests / span.TotalSeconds,
            _seconds.Count, _seconds.Count == 0 ? 0 : (double)requests / _seconds.Count);
    }

    // A replacement is a cancel and a create until the venue has proven that it edits.
    private void Count(in OrderCommand command)
    {
        const int CancelAndCreate = 2;
        Places += command.Kind == OrderCommandKind.Place ? 1 : 0;
        Replaces += command.Kind == OrderCommandKind.Replace ? 1 : 0;
        Cancels += command.Kind == OrderCommandKind.Cancel ? 1 : 0;
        long second = command.ReleasedAtNs / EventTime.Second;
        int requests = _seconds.GetValueOrDefault(second);
        _seconds[second] = requests + (command.Kind == OrderCommandKind.Replace ? CancelAndCreate : 1);
    }
}
