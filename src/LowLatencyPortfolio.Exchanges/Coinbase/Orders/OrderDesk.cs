using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Exchanges.Coinbase;

/// <summary>
/// Where commands become requests, and answers and looks become reports: all state of the order path behind one lock,
/// without any socket.
/// </summary>
/// <remarks>
/// Thread: <see cref="Submit"/> on Dispatch's thread, without the lock; everything else from any thread. Allocation:
/// none for commands and answers after warm-up.
/// </remarks>
internal sealed class OrderDesk
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly CommandRing _ring = new();
    private readonly ReportBuffer _reports;
    private readonly DeskState _state;
    private readonly CreateDesk _creates;
    private readonly CancelDesk _cancels;
    private readonly ReplaceDesk _replaces;
    private readonly LookDesk _looks;
    private readonly ObservationDesk _observations;
    private readonly RequestChooser _chooser;
    private ClientOrderIds? _ids;

    public OrderDesk(IReadOnlyList<PairSetup> pairs, CoinbaseGatewayOptions options, RequestBudget budget)
    {
        _reports = new ReportBuffer(pairs.Count);
        _state = new DeskState(pairs, options, _reports);
        _creates = new CreateDesk(_state);
        _cancels = new CancelDesk(_state);
        _replaces = new ReplaceDesk(_state, _cancels);
        _looks = new LookDesk(_state);
        _observations = new ObservationDesk(_state, _cancels);
        _chooser = new RequestChooser(_state, budget, _replaces);
    }

    /// <summary>Whether reports wait; any thread.</summary>
    public bool HasReports => !_reports.IsEmpty;

    /// <summary>Whether commands wait that nobody has looked at; any thread.</summary>
    public bool HasCommands => !_ring.IsEmpty;

    /// <summary>Says whose orders these are; entries wait until reconciled.</summary>
    public void Begin(ClientOrderIds ids, long nowNs)
    {
        lock (_lock)
        {
            _ids = ids;
            _state.Health.Begin(nowNs);
            _state.Moving.Begin(_state.Options.MoveInterval, nowNs);
            _state.Moving.Tell(nowNs);
        }
    }

    public void Submit(in OrderCommand command) => _ring.Add(in command);

    /// <summary>Takes over the orders of an engine that was killed, and what the venue showed of them.</summary>
    /// <param name="adopted">By number.</param>
    /// <param name="seen">Ours, of the last look.</param>
    /// <param name="ids">Names of the engine's orders.</param>
    /// <param name="nowNs">Now, ns UTC.</param>
    /// <remarks>What buys have traded is told before what sells have: nothing is sold before it was bought.</remarks>
    public void Adopt(
        IEnumerable<VenueOrder> adopted, IEnumerable<CoinbaseOrder> seen, ClientOrderIds ids, long nowNs)
    {
        lock (_lock)
        {
            _state.AsksForCoins = true;         // what others held at the start may be free by now
            foreach (VenueOrder left in adopted)
            {
                VenueOrder order = left;
                order.Command.ReleasedAtNs = Math.Min(order.Command.ReleasedAtNs, nowNs);   // of a clock that was ahead
                _state.Book.TakeBack(in order);
                if (order is { IsDone: true, IsDoneByProof: true })
                {
                    _state.Absent.Add(order.Sequence, order.Command.ReleasedAtNs + AbsentOrders.LookedForNs, nowNs);
                }
            }

            foreach (CoinbaseOrder order in seen.OrderBy(order => order.Side == OrderSide.Sell))
            {
                if (_observations.Take(order, ids, nowNs) is >= 0 and int index)
                {
                    React(index, nowNs);
                    if (!_state.Book[index].IsDone)
                    {
                        _looks.OnFound(index, nowNs);
                    }
                }
            }
        }
    }

    /// <summary>Chooses what leaves next.</summary>
    /// <param name="nowNs">Now, ns UTC.</param>
    /// <param name="batch">Where cancels that leave together are listed; null sends each alone.</param>
    /// <param name="request">The request when true; its answer must be brought to <see cref="Complete"/>.</param>
    /// <param name="wait">When false, how long nothing will be due, unless a command or an answer comes.</param>
    /// <param name="hasMore">Whether more waits.</param>
    /// <param name="last">The least important that may be chosen.</param>
    public bool TryNext(
        long nowNs, CancelBatch? batch, out WireRequest request, out TimeSpan wait, out bool hasMore,
        RequestPriority last = RequestPriority.Query)
    {
        lock (_lock)
        {
            TakeCommands(nowNs);
            _state.Moving.Tell(nowNs);
            long next = _state.ResendDue(nowNs);
            wait = next - nowNs < DeskState.Ns(LongestWait) ? TimeSpan.FromTicks((next - nowNs) / 100) : LongestWait;
            bool any = _chooser.TryChoose(nowNs, batch, last, out request, ref wait);
            hasMore = any && !_state.Lanes.IsEmpty;
            return any;
        }
    }

    /// <summary>Takes the answer of a request in.</summary>
    public void Complete(in WireRequest request, in OrderAnswer answer, long nowNs)
    {
        lock (_lock)
        {
            _state.Counts.AddRequest(request.Action);
            _chooser.FollowKey(answer.Kind, nowNs);
            if (request.Batch is { Count: > 1 } batch)
            {
                CompleteCancels(batch, in answer, nowNs);
                return;
            }

            int index = _state.Book.Find(request.Order.Sequence);
            if (index < 0)
            {
                return;
            }

            switch (request.Action)
            {
                case WireAction.Create:
                    _creates.OnAnswer(index, in answer, nowNs);
                    break;
                case WireAction.Cancel:
                    _cancels.OnAnswer(index, in answer, nowNs);
                    break;
                case WireAction.EditPreview:
                    _replaces.OnPreview(index, in answer, nowNs);
                    break;
                default:
                    _replaces.OnEdit(index, in answer, nowNs);
                    break;
            }

            React(index, nowNs);
        }
    }

    /// <summary>Takes in what the venue says of an order, anybody's; from the user channel or a query.</summary>
    /// <remarks>Where the venue was asked, what is new was not told.</remarks>
    /// <returns>Our number of the order; 0 when it is none of this session's.</returns>
    public long Observe(CoinbaseOrder seen, long nowNs, bool isAsked = false)
    {
        lock (_lock)
        {
            using ReportBuffer.AskedScope scope = _reports.Asking(isAsked);
            int index = _ids is null ? -1 : _observations.Take(seen, _ids, nowNs);
            if (index < 0)
            {
                return 0;
            }

            long sequence = _state.Book[index].Sequence;
            React(index, nowNs);
            return sequence;
        }
    }

    /// <summary>Takes in what fills add up to; they never say more than is true.</summary>
    public void ObserveFills(long sequence, decimal size, decimal value, decimal fees, Liquidity liquidity, long nowNs)
    {
        lock (_lock)
        {
            using ReportBuffer.AskedScope scope = _reports.Asking(true);
            int index = _state.Book.Find(sequence);
            if (index >= 0)
            {
                React(_observations.TakeFills(index, size, value, fees, liquidity, nowNs), nowNs);
            }
        }
    }

    /// <summary>Takes the next look that is due.</summary>
    /// <returns>Null when none is.</returns>
    public LookRequest? NextLook(long nowNs, bool isUrgentOnly = false)
    {
        lock (_lock)
        {
            if (_ids is null)
            {
                return null;
            }

            LookRequest? look = _looks.Next(_ids, nowNs, isUrgentOnly);
            return isUrgentOnly ? look : look ?? _observations.Orphans.Next(nowNs);
        }
    }

    /// <summary>Takes the outcome of a look in.</summary>
    /// <param name="sequence">Our number of the order.</param>
    /// <param name="seen">What the venue has; null when it has none.</param>
    /// <param name="nowNs">Now, ns UTC.</param>
    public void OnLook(long sequence, CoinbaseOrder? seen, long nowNs)
    {
        lock (_lock)
        {
            using ReportBuffer.AskedScope scope = _reports.Asking(true);
            int looked = seen is null || _ids is null ? -1 : _observations.Take(seen, _ids, nowNs);
            if (looked >= 0)
            {
                React(looked, nowNs);
            }

            int index = _state.Book.Find(sequence);
            if (index < 0 || _state.Book[index].IsDone)
            {
                return;
            }

            bool hasLostItsName = looked >= 0 && looked != index && _state.Book[index].Phase != OrderPhase.ReadBack;
            if (seen is null || hasLostItsName)
            {
                _looks.OnAbsent(index, nowNs);
            }
            else
            {
                _replaces.OnReadBack(index, seen, nowNs);
                _looks.OnFound(index, nowNs);
            }

            React(index, nowNs);
        }
    }

    /// <summary>The venue could not be asked.</summary>
    public void OnLookFailed(long sequence, long nowNs)
    {
        lock (_lock)
        {
            _state.Counts.FailedQueries++;
            int index = _state.Book.Find(sequence);
            if (index >= 0 && !_state.Book[index].IsDone)
            {
                _looks.OnFailed(index, nowNs);
            }
        }
    }

    /// <summary>Orders that the venue has open and that are missing in a complete list of its open orders.</summary>
    /// <param name="listed">Our numbers of those listed.</param>
    /// <param name="askedAtNs">When the list was asked for: what was acknowledged later may be missing.</param>
    public void OnOpenOrders(IReadOnlySet<long> listed, long askedAtNs)
    {
        lock (_lock)
        {
            _looks.OnOpenOrders(listed, askedAtNs);
            _cancels.EndLongWaits(askedAtNs);
        }
    }

    /// <summary>Whether no command waits and no request is on its way.</summary>
    public bool IsIdle() => Read(state => _ring.IsEmpty && state.IsIdle);

    /// <summary>Whether an order is on its way to another's place, or nobody knows whether it was taken.</summary>
    public bool IsInDoubt() => Read(state => !_ring.IsEmpty || state.IsInDoubt);

    /// <summary>The venue's id of an order; empty while it is not known.</summary>
    public string IdOf(long sequence) => Read(
        state => state.Book.Find(sequence) is >= 0 and int index ? state.Book[index].Id.ToString() : string.Empty);

    /// <summary>Runs something on the shared state, under the lock; every command that came is in it.</summary>
    public void With(Action<DeskState> action)
    {
        lock (_lock)
        {
            TakeCommands(Clock.NowNs(_state.Options.Time));
            action(_state);
        }
    }

    /// <summary>Moves the reports that wait to the end of others.</summary>
    /// <returns>Whether there were any.</returns>
    public bool MoveReportsTo(EventList target)
    {
        lock (_lock)
        {
            bool any = !_reports.IsEmpty;
            target.Add(_reports.Waiting);
            _reports.Clear();
            return any;
        }
    }

    private void TakeCommands(long nowNs)
    {
        while (_ids is not null && _ring.TryTake(out OrderCommand command))
        {
            if (command.Kind == OrderCommandKind.Cancel)
            {
                _cancels.Ask(in command, nowNs);
                _replaces.OnWithdrawn(command.Sequence, nowNs);
                ReactTo(command.Sequence, nowNs);
                continue;
            }

            int index = _state.Book.Add(in command, _ids.Epoch);
            if (command.Kind == OrderCommandKind.Replace)
            {
                _replaces.Ask(index, nowNs);
                ReactTo(command.Replaces, nowNs);
            }
            else
            {
                _state.Enqueue(in _state.Book[index], WireAction.Create);
            }
        }
    }

    // Each order has a result of its own; where the request as a whole failed, nobody knows of any.
    private void CompleteCancels(CancelBatch batch, in OrderAnswer whole, long nowNs)
    {
        for (int i = 0; i < batch.Count; i++)
        {
            int index = _state.Book.Find(batch.SequenceOf(i));
            if (index >= 0)
            {
                OrderAnswer own = whole;
                own.Kind = batch.KindOf(i);
                _cancels.OnAnswer(index, in own, nowNs);
                React(index, nowNs);
            }
        }
    }

    private void ReactTo(long sequence, long nowNs)
    {
        if (_state.Book.Find(sequence) is >= 0 and int index)
        {
            React(index, nowNs);
        }
    }

    // What an order's new state lets happen: a cancel that waited for its id, a replacement that waited for its end.
    private void React(int index, long nowNs)
    {
        ref VenueOrder order = ref _state.Book[index];
        if (order.IsDone)
        {
            _state.LastSellEndNs[order.Command.Product] =
                order.IsSell && order.IsAcknowledged ? nowNs : _state.LastSellEndNs[order.Command.Product];
            if (order.ReplacedBy != 0)
            {
                _replaces.OnOldEnded(index, nowNs);
            }

            if (_ids is not null && order is { IsSell: true, IsAcknowledged: true })
            {
                _looks.OnSellEnded(in order, nowNs);
            }
        }
        else if (order.Phase == OrderPhase.Working && order.ReplacedBy != 0 && order.IsTriggered)
        {
            int by = _state.Book.Find(order.ReplacedBy);
            if (by >= 0 && _state.Book[by] is { Phase: OrderPhase.Replacing, IsEditInFlight: false })
            {
                _replaces.GiveUp(by, index, RejectReason.OrderIsDone, nowNs);
            }
        }
        else if (order.Phase == OrderPhase.Working && order.ReplacedBy != 0)
        {
            _replaces.Begin(index, nowNs);
        }

        if (order.Phase == OrderPhase.Working && order.Cancel == CancelPhase.Wanted
            && order.ResendAtNs == long.MaxValue && !order.Id.IsEmpty)
        {
            _state.Enqueue(in order, WireAction.Cancel);
        }
    }

    private T Read<T>(Func<DeskState, T> read)
    {
        lock (_lock)
        {
            return read(_state);
        }
    }
}
