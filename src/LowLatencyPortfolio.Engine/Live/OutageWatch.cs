using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Engine;

/// <summary>
/// Watches what the engine depends on: prices, messages about our orders, answers, a clock that is right. When one of
/// them has been away for longer than a reconnect takes, and when it is back, an event says so.
/// </summary>
/// <remarks>
/// Thread: the engine's, before each timer event. Allocation: none. One event at the beginning and one at the end: what
/// is back has to stay so for <see cref="Settled"/>, so that a connection which comes and goes is one outage. A pair's
/// own price matters while it is held, and may be missing for minutes because nobody trades. Begins anew with each
/// start.
/// </remarks>
internal sealed class OutageWatch(TradingPipeline pipeline)
{
    private const long Feed = 30 * EventTime.Second;
    private const long UserChannel = 15 * EventTime.Second;
    private const long ClockSkew = 15 * EventTime.Second;
    private const long Questions = 30 * EventTime.Second;
    private const long OnePair = 300 * EventTime.Second;
    private const long Settled = 5 * EventTime.Second;

    private readonly Watch[] _pairs = new Watch[pipeline.Pairs.Length];
    private Watch _feed;
    private Watch _userChannel;
    private Watch _clock;
    private Watch _questions;

    /// <summary>Tells what has lasted long enough.</summary>
    /// <param name="nowNs">The engine's time, ns UTC.</param>
    public void Report(long nowNs)
    {
        PipelineVitals vitals = pipeline.ReadVitals();
        bool isFeedDown = vitals.PairsDown == _pairs.Length;
        Follow(ref _feed, isFeedDown, OutageKind.Feed, Feed, nowNs);
        Follow(ref _userChannel, !vitals.IsUserChannelUp, OutageKind.UserChannel, UserChannel, nowNs);
        Follow(ref _clock, vitals.IsClockSkewed, OutageKind.Clock, ClockSkew, nowNs);
        Follow(ref _questions, vitals.AreQuestionsFailing, OutageKind.Questions, Questions, nowNs);
        for (int i = 0; i < _pairs.Length; i++)
        {
            // While all are down, the portfolio's says it; a pair's that was told before goes on.
            bool isOwn = pipeline.IsHeldWithoutPrice(i) && (!isFeedDown || _pairs[i].IsTold);
            Follow(ref _pairs[i], isOwn, OutageKind.Feed, OnePair, nowNs, i);
        }
    }

    private void Follow(ref Watch watch, bool isBad, OutageKind kind, long quietNs, long nowNs, int product = -1)
    {
        if (isBad)
        {
            watch.GoodSinceNs = 0;
            watch.SinceNs = watch.SinceNs == 0 ? nowNs : watch.SinceNs;
            if (!watch.IsTold && nowNs - watch.SinceNs >= quietNs)
            {
                watch.IsTold = true;
                Tell(in watch, kind, nowNs, product);
            }

            return;
        }

        if (watch.SinceNs == 0)
        {
            return;
        }

        watch.GoodSinceNs = watch.GoodSinceNs == 0 ? nowNs : watch.GoodSinceNs;
        if (nowNs - watch.GoodSinceNs < Settled)
        {
            return;
        }

        if (watch.IsTold)
        {
            Tell(in watch, kind, nowNs, product);
        }

        watch = default;
    }

    private void Tell(in Watch watch, OutageKind kind, long nowNs, int product)
    {
        TradingEvent e = new()
        {
            Kind = EventKind.FeedState,
            Health = HealthFlag.Outage,
            Count = 1,
            Product = product,
            ReceivedAtNs = nowNs,
            Outage = kind,
            Low = watch.SinceNs,
            High = watch.GoodSinceNs,
        };
        pipeline.Publish(in e);
    }

    private struct Watch
    {
        /// <summary>Since when it is away; 0 while it is not.</summary>
        public long SinceNs;

        /// <summary>Since when it is back; 0 while it is away.</summary>
        public long GoodSinceNs;

        public bool IsTold;
    }
}
