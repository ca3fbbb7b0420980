using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Exchanges.Coinbase;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Exchanges.Tests.Coinbase.Orders;

/// <summary>Fifty pairs in a market that rises everywhere, with two requests a second for all of them.</summary>
public sealed class ManyPairsTests
{
    private const int PairCount = 50;
    private const int Seconds = 300;
    private static readonly long s_moveWaitNs = DeskState.Ns(new CoinbaseGatewayOptions().MoveWait);
    private readonly ManualTime _time = new();
    private readonly OrderDesk _desk;
    private readonly EventList _reports = new();
    private readonly long[] _resting = new long[PairCount];
    private readonly bool[] _isMoving = new bool[PairCount];
    private readonly int[] _moves = new int[PairCount];
    private readonly long[] _decidedAtNs = new long[PairCount];
    private readonly long[] _handedBackAtNs = new long[PairCount];
    private readonly List<long> _ages = [];
    private int _level;
    private int _handedBack;
    private long _sequence;

    public ManyPairsTests()
    {
        string[] names = [.. Enumerable.Range(0, PairCount).Select(i => $"C{i:00}-USD")];
        CoinbaseGatewayOptions options = new() { Time = _time };
        RequestBudget budget = new(_time, perSecond: 2, burst: 10, reserve: 4, venuePerSecond: 30);
        _desk = new OrderDesk(Pairs.Of(names), options, budget);
        _desk.Begin(new ClientOrderIds("engine1", 1), _time.NowNs);
        _desk.With(state =>
        {
            for (int i = 0; i < PairCount; i++)
            {
                for (int proof = 0; proof <= EditSupport.ProofsNeeded; proof++)
                {
                    state.Edits.OnPreviewed(i);
                    state.Edits.OnProven(i);
                }
            }
        });
    }

    /// <remarks>Without edits a move is two requests: a cancel, and a new order once the old one has ended.</remarks>
    [Theory]
    [InlineData(true, 5)]
    [InlineData(false, 3)]
    public void All_stops_move_to_their_newest_levels_with_two_requests_a_second_and_no_exit_waits(
        bool hasEdits, int leastMoves)
    {
        if (!hasEdits)
        {
            _desk.With(state => Array.ForEach([.. Enumerable.Range(0, PairCount)], state.Edits.TurnOff));
        }

        for (int i = 0; i < PairCount; i++)
        {
            PlaceStop(i);
        }

        _time.Advance(TimeSpan.FromMinutes(1));
        int requests = 0;
        for (int second = 1; second <= Seconds; second++)
        {
            _level = second;
            for (int i = 0; i < PairCount; i++)
            {
                Move(i);
            }

            requests += Send();
            if (second % 60 == 0)
            {
                ExitsLeaveAtOnce(count: 10);
            }

            _time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.InRange(requests, Seconds, 2 * Seconds);
        Assert.All(_moves, moves => Assert.InRange(moves, leastMoves, 20));    // nobody is forgotten or takes it all

        // No level left that was older than a move may wait, and what was decided anew had its turn: with few requests
        // almost every move is handed back once, and not again and again.
        Assert.All(_ages, age => Assert.InRange(age, 0, s_moveWaitNs - 1));
        Assert.InRange(_handedBack, _ages.Count / 2, _ages.Count + PairCount);
    }

    private void PlaceStop(int product)
    {
        Submit(product, OrderPurpose.Stop, OrderType.StopLimit, trigger: 100, replaces: 0);
        _resting[product] = _sequence;
        _time.Advance(TimeSpan.FromSeconds(1));
        _ = Send();
    }

    // The engine decides the next level of a pair when the last one was answered or handed back, and then the newest.
    private void Move(int product)
    {
        if (!_isMoving[product])
        {
            _isMoving[product] = true;
            _decidedAtNs[product] = _time.NowNs;
            Submit(product, OrderPurpose.Stop, OrderType.StopLimit, 100 + _level, _resting[product]);
        }
    }

    private void TakeHandBack(int product)
    {
        Assert.True(_time.NowNs - _handedBackAtNs[product] >= s_moveWaitNs, "handed back twice within the time");
        _handedBackAtNs[product] = _time.NowNs;
        _handedBack++;
        _isMoving[product] = false;
        Move(product);
    }

    private void ExitsLeaveAtOnce(int count)
    {
        long first = _sequence + 1;
        for (int i = 0; i < count; i++)
        {
            Submit(i, OrderPurpose.Exit, OrderType.Market, trigger: 0, replaces: 0);
        }

        List<long> left = [];
        while (_desk.TryNext(_time.NowNs, null, out WireRequest request, out _, out _))
        {
            left.Add(request.Order.Sequence);
            Complete(in request);
        }

        Assert.Equal(Enumerable.Range(0, count).Select(i => first + i), left.Take(count));
    }

    private int Send()
    {
        int sent = 0;
        do
        {
            while (_desk.TryNext(_time.NowNs, null, out WireRequest request, out _, out _))
            {
                sent++;
                Complete(in request);
            }
        }
        while (TakeReports());

        return sent;
    }

    private void Complete(in WireRequest request)
    {
        OrderAnswer answer = new() { Kind = AnswerKind.Accepted, RetryAfter = -1 };
        if (request.Action is WireAction.Edit or WireAction.Cancel)
        {
            _ages.Add(_time.NowNs - _decidedAtNs[request.Order.Product]);
        }

        if (request.Action == WireAction.Create)
        {
            Assert.True(VenueOrderId.TryParse($"venue-{request.Order.Sequence}", out answer.OrderId));
        }

        _desk.Complete(in request, in answer, _time.NowNs);
        if (request.Action == WireAction.Cancel)
        {
            _desk.Observe(Cancelled(in request.Order), _time.NowNs);
        }

        _ = TakeReports();
    }

    // Whether the engine has decided on something.
    private bool TakeReports()
    {
        int handedBack = _handedBack;
        _ = _desk.MoveReportsTo(_reports);
        foreach (TradingEvent e in _reports.Waiting)
        {
            if (e is { Kind: EventKind.OrderReport, Report: ReportKind.Replaced })
            {
                _resting[e.Product] = e.OrderSequence;
                _isMoving[e.Product] = false;
                _moves[e.Product]++;
            }
            else if (e is { Kind: EventKind.OrderReport, Report: ReportKind.HandedBack })
            {
                TakeHandBack(e.Product);
            }
        }

        _reports.Clear();
        return _handedBack > handedBack;
    }

    private CoinbaseOrder Cancelled(in OrderCommand stop) => new()
    {
        OrderId = _desk.IdOf(stop.Sequence),
        ClientOrderId = $"llp-engine1-1-{stop.Sequence}",
        ProductId = $"C{stop.Product:00}-USD",
        Side = OrderSide.Sell,
        Status = VenueStatus.Cancelled,
    };

    private void Submit(
        int product, OrderPurpose purpose, OrderType type, long trigger, long replaces)
    {
        OrderCommand command = new()
        {
            Kind = replaces == 0 ? OrderCommandKind.Place : OrderCommandKind.Replace,
            Sequence = ++_sequence,
            Replaces = replaces,
            Product = product,
            Purpose = purpose,
            Type = type,
            Side = OrderSide.Sell,
            Limit = type == OrderType.Market ? 0 : (trigger - 1) * Desk.Unit,
            Trigger = trigger * Desk.Unit,
            Quantity = Desk.Unit,
            ReleasedAtNs = _time.NowNs,
        };
        _desk.Submit(in command);
    }
}
