using LowLatencyPortfolio.Pipeline;
using LowLatencyPortfolio.Pipeline.Tests.Reference;

namespace LowLatencyPortfolio.LatencyLab;

/// <summary>
/// The slow, obvious engine of the tests on the feed's thread: decimals throughout, every sum taken anew. Without trade
/// numbers, because it remembers all of them in a set whose growth is not what is asked for.
/// </summary>
internal sealed class DecimalReferenceCandidate(LabSetup setup) : ICandidate
{
    private ReferenceEngine? _engine;

    public StateHash? Hash => _engine!.Hash;

    public long Orders { get; private set; }

    public void Open(TickStream stream)
    {
        _engine = new ReferenceEngine(setup.Config, setup.Pairs, setup.Pipeline);
        Publisher publisher = new(this, _engine, new TradingEvent[1]);
        stream.PlayOpening(ref publisher);
    }

    public void Run(TickStream stream)
    {
        Publisher publisher = new(this, _engine!, new TradingEvent[1]);
        stream.Play(ref publisher);
    }

    public void Dispose()
    {
    }

    private readonly struct Publisher(
        DecimalReferenceCandidate owner, ReferenceEngine engine, TradingEvent[] slot) : IEventPublisher
    {
        public void Tick(int product, long timeNs, long price, long quantity, long tradeKey)
        {
            TickLine.Write(ref slot[0], product, timeNs, timeNs, price, quantity, tradeKey: 0);
            Handle();
        }

        public void Other(in TradingEvent source)
        {
            slot[0] = source;
            Handle();
        }

        private void Handle()
        {
            engine.Handle(ref slot[0]);
            owner.Orders += engine.Commands.Count;
            engine.Commands.Clear();
        }
    }
}
