using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Exchanges.Coinbase;

/// <summary>What the parts of the desk share. Touched under the desk's lock only.</summary>
internal sealed class DeskState
{
    private const long Never = long.MaxValue;

    public DeskState(IReadOnlyList<PairSetup> pairs, CoinbaseGatewayOptions options, ReportBuffer reports)
    {
        Pairs = pairs;
        Options = options;
        Reports = reports;
        Book = new VenueOrderBook(pairs, reports, options.OrderCapacity);
        Absent = new AbsentOrders(Book);
        Edits = new EditSupport(pairs.Count);
        Turns = new MoveTurns(Book, Counts, options.MoveWait);
        Health = new DeskHealth(reports);
        Moving = new MoveWatch(pairs, Edits, Book.Moves, reports);
        Products = new ProductWatch(pairs, reports);
        LastSellEndNs = new long[pairs.Count];
    }

    public IReadOnlyList<PairSetup> Pairs { get; }

    public CoinbaseGatewayOptions Options { get; }

    public ReportBuffer Reports { get; }

    public VenueOrderBook Book { get; }

    public AbsentOrders Absent { get; }

    public RequestLanes Lanes { get; } = new();

    public EditSupport Edits { get; }

    public MoveTurns Turns { get; }

    public DeskHealth Health { get; }

    public MoveWatch Moving { get; }

    /// <summary>Highest number of an order that an earlier start has written down.</summary>
    public long LastWritten { get; set; } = long.MaxValue;

    /// <summary>A product's state refused an order: what it is now should be asked.</summary>
    public bool AsksForProducts { get; set; }

    /// <summary>A sell was refused for lack of coins: whether they are there should be asked.</summary>
    public bool AsksForCoins { get; set; }

    public ProductWatch Products { get; }

    public DeskCounts Counts { get; } = new();

    /// <summary>When a sell of each pair last ended: its hold may be released a little later.</summary>
    public long[] LastSellEndNs { get; }

    /// <summary>
    /// A sell, or an order that is to take another's place, is not there yet, or nobody knows whether the venue has
    /// one.
    /// </summary>
    public bool IsInDoubt
    {
        get
        {
            bool isInDoubt = false;
            foreach (int index in Book.Live)
            {
                ref VenueOrder order = ref Book[index];
                isInDoubt |= order.Phase is OrderPhase.Replacing or OrderPhase.ReadBack
                    || (order.Phase == OrderPhase.Unknown && !order.IsAcknowledged)
                    || (order.Phase is OrderPhase.Queued or OrderPhase.InFlight
                        && (order.IsSell || order.Command.Replaces != 0));
            }

            return isInDoubt;
        }
    }

    /// <summary>No request waits and none is on its way.</summary>
    public bool IsIdle
    {
        get
        {
            bool isIdle = Lanes.IsEmpty;
            foreach (int index in Book.Live)
            {
                ref VenueOrder order = ref Book[index];
                isIdle &= order.Phase != OrderPhase.InFlight && order.Cancel != CancelPhase.InFlight;
            }

            return isIdle;
        }
    }

    /// <summary>
    /// Nothing of the pair is on its way or in doubt: what the venue says of its coins now is all there is to know.
    /// </summary>
    public bool IsQuiet(int product)
    {
        foreach (int index in Book.Live)
        {
            ref VenueOrder order = ref Book[index];
            bool isSettled = order.Phase is OrderPhase.Working or OrderPhase.Queued
                && order.Cancel == CancelPhase.None && order.LookAtNs == Never;
            if (order.Command.Product == product && !isSettled)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Puts a request in line.</summary>
    public void Enqueue(in VenueOrder order, WireAction action) =>
        Lanes.Add(PriorityOf(in order, action), order.Sequence, action);

    /// <summary>Has a request put in line later.</summary>
    public static void ResendLater(ref VenueOrder order, WireAction action, long atNs)
    {
        order.Resend = action;
        order.ResendAtNs = atNs;
    }

    /// <summary>Has the venue asked about the order, if that is not due earlier anyway.</summary>
    public static void LookBy(ref VenueOrder order, long atNs) => order.LookAtNs = Math.Min(order.LookAtNs, atNs);

    /// <summary>Puts in line what is due again.</summary>
    /// <returns>When the next one is, ns UTC.</returns>
    public long ResendDue(long nowNs)
    {
        long next = Never;
        foreach (int index in Book.Live)
        {
            ref VenueOrder order = ref Book[index];
            if (order.ResendAtNs <= nowNs)
            {
                order.ResendAtNs = Never;
                Enqueue(in order, order.Resend);
            }

            next = Math.Min(next, order.ResendAtNs);
        }

        return next;
    }

    /// <summary>Grows with each attempt: 100 ms, 200, 400, 800, then 1.6 s.</summary>
    public static long Backoff(int attempts) => (EventTime.Second / 10) << Math.Clamp(attempts - 1, 0, 4);

    public static long Ns(TimeSpan span) => span.Ticks * 100;

    // Finding out what became of a sell has first call: repeating its request tells.
    private static RequestPriority PriorityOf(in VenueOrder order, WireAction action) => action switch
    {
        WireAction.Cancel => order is { IsCancelOfEngine: true, IsSell: true }
            ? RequestPriority.Exit      // it makes room for one
            : RequestPriority.Cancel,
        WireAction.Edit or WireAction.EditPreview => RequestPriority.Stop,
        _ when order.WasLost && order.IsProtective => RequestPriority.Exit,
        _ => order.Command.Purpose switch
        {
            OrderPurpose.Exit => RequestPriority.Exit,
            OrderPurpose.Stop => RequestPriority.Stop,
            _ => RequestPriority.Entry,
        },
    };
}
