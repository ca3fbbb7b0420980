using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Exchanges.Coinbase;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Exchanges.Tests.Coinbase.Orders;

public sealed class BookTests
{
    private const long Unit = 100_000_000;
    private static readonly PairSetup[] Traded = Pairs.Of("BTC-USD");

    [Fact]
    public void Looks_in_any_order_from_three_sources_report_what_happened_once()
    {
        int seed = Random.Shared.Next();
        Random random = new(seed);
        for (int run = 0; run < 500; run++)
        {
            Story story = new(random);
            ReportBuffer reports = new(2);
            VenueOrderBook book = new(Traded, reports, 16);
            int index = book.Add(story.Command, 1);
            foreach (OrderView view in story.Told(random))
            {
                _ = book.Apply(index, in view, 1);
            }

            Story.Check(reports.Waiting, story, $"seed {seed}, run {run}");
        }
    }

    [Fact]
    public void A_fill_after_the_end_is_still_applied()
    {
        (VenueOrderBook book, ReportBuffer reports, int index) = Placed(10 * Unit);
        Look(book, index, VenueStatus.Cancelled, 0, 0m);
        Look(book, index, VenueStatus.Cancelled, 4 * Unit, 400m);
        Assert.Equal([ReportKind.Ack, ReportKind.Cancelled, ReportKind.Fill], Kinds(reports));
    }

    [Fact]
    public void A_state_that_goes_backwards_is_no_news()
    {
        (VenueOrderBook book, ReportBuffer reports, int index) = Placed(10 * Unit);
        Look(book, index, VenueStatus.Filled, 10 * Unit, 1000m);
        Look(book, index, VenueStatus.Open, 3 * Unit, 300m);
        Look(book, index, VenueStatus.Pending, 0, 0m);
        Assert.Equal([ReportKind.Ack, ReportKind.Fill], Kinds(reports));
        Assert.True(book[index].IsDone);
    }

    [Fact]
    public void A_quantity_without_a_value_waits_for_a_look_that_has_one()
    {
        (VenueOrderBook book, ReportBuffer reports, int index) = Placed(10 * Unit);
        Look(book, index, VenueStatus.Filled, 10 * Unit, 0m);
        Assert.Equal(1, book.Contradictions);
        Assert.False(book[index].IsDone);
        Look(book, index, VenueStatus.Filled, 10 * Unit, 1000m);
        Assert.Equal([ReportKind.Ack, ReportKind.Fill], Kinds(reports));
    }

    [Fact]
    public void Another_venue_id_under_our_client_id_is_ignored()
    {
        (VenueOrderBook book, ReportBuffer reports, int index) = Placed(10 * Unit);
        Look(book, index, VenueStatus.Open, 0, 0m);
        Assert.True(VenueOrderId.TryParse("other"u8, out VenueOrderId other));
        OrderView view = new() { Id = other, Status = VenueStatus.Filled, Filled = 10 * Unit, Value = 5m };
        Assert.False(book.Apply(index, in view, 1));
        Assert.Equal([ReportKind.Ack], Kinds(reports));
    }

    [Fact]
    public void A_failed_order_is_rejected_and_one_that_traded_before_it_failed_is_expired()
    {
        (VenueOrderBook book, ReportBuffer reports, int index) = Placed(10 * Unit);
        Look(book, index, VenueStatus.Failed, 0, 0m);
        Assert.Equal([ReportKind.Rejected], Kinds(reports));
        (book, reports, index) = Placed(10 * Unit);
        Look(book, index, VenueStatus.Failed, Unit, 100m);
        Assert.Equal([ReportKind.Fill, ReportKind.Expired], Kinds(reports));
    }

    [Fact]
    public void After_an_edit_the_venues_sums_belong_to_both_orders_by_difference()
    {
        (VenueOrderBook book, ReportBuffer reports, int index) = Placed(10 * Unit);
        Look(book, index, VenueStatus.Open, 2 * Unit, 200m, fees: 1m);
        OrderCommand moved = new()
        {
            Kind = OrderCommandKind.Replace,
            Sequence = 2,
            Replaces = 1,
            Side = OrderSide.Sell,
            Type = OrderType.StopLimit,
            Purpose = OrderPurpose.Stop,
            Quantity = 8 * Unit,
        };
        int to = book.Add(in moved, 1);
        book.MoveByEdit(index, to, 1);
        Assert.Equal(to, book.FindAtVenue(1, 1));
        Look(book, to, VenueStatus.Filled, 10 * Unit, 1100m, fees: 6m);
        Assert.Equal([ReportKind.Ack, ReportKind.Fill, ReportKind.Replaced, ReportKind.Fill], Kinds(reports));
        TradingEvent last = reports.Waiting[3];
        Assert.Equal((2L, 8 * Unit, 900m, 5m), (last.OrderSequence, last.CumulativeQuantity, last.FillValue, last.Fee));
        Assert.Equal(1L, reports.Waiting[2].RelatedSequence);
        Assert.True(book[to].IsDone);
    }

    [Fact]
    public void Orders_that_are_done_make_room_and_live_ones_never_do()
    {
        ReportBuffer reports = new(2);
        VenueOrderBook book = new(Traded, reports, 4);
        int kept = book.Add(Sell(1, Unit), 1);
        for (int sequence = 2; sequence < 100; sequence++)
        {
            int index = book.Add(Sell(sequence, Unit), 1);
            book.Finish(index, ReportKind.Rejected, RejectReason.None, byProof: true, 1);
        }

        Assert.Equal(kept, book.Find(1));
        Assert.Equal(-1, book.Find(50));
        Assert.Equal(1, book.LiveCount);
    }

    [Fact]
    public void Orders_that_an_edit_carried_on_are_forgotten_by_every_name()
    {
        ReportBuffer reports = new(2);
        VenueOrderBook book = new(Traded, reports, 4);
        int newest = book.Add(Sell(1, Unit), 1);        // of an earlier session than its edits
        for (int sequence = 2; sequence < 100; sequence++)
        {
            int moved = book.Add(Sell(sequence, Unit), 2);
            book.MoveByEdit(newest, moved, 1);
            newest = moved;
            reports.Clear();
        }

        Assert.Equal(newest, book.FindAtVenue(1, 1));
        Assert.All(Enumerable.Range(2, 90), sequence => Assert.Equal(-1, book.FindAtVenue(2, sequence)));
        book.Finish(newest, ReportKind.Cancelled, RejectReason.None, byProof: true, 1);
        for (int sequence = 100; sequence < 110; sequence++)
        {
            book.Finish(
                book.Add(Sell(sequence, Unit), 2), ReportKind.Rejected, RejectReason.None, byProof: true, 1);
        }

        Assert.Equal((-1, -1), (book.FindAtVenue(1, 1), book.FindAtVenue(2, 99)));
    }

    private static OrderCommand Sell(long sequence, long quantity) => new()
    {
        Kind = OrderCommandKind.Place,
        Sequence = sequence,
        Side = OrderSide.Sell,
        Type = OrderType.StopLimit,
        Purpose = OrderPurpose.Stop,
        Quantity = quantity,
    };

    private static (VenueOrderBook Book, ReportBuffer Reports, int Index) Placed(long quantity)
    {
        ReportBuffer reports = new(2);
        VenueOrderBook book = new(Traded, reports, 16);
        return (book, reports, book.Add(Sell(1, quantity), 1));
    }

    private static void Look(
        VenueOrderBook book, int index, VenueStatus status, long filled, decimal value, decimal fees = 0m)
    {
        Assert.True(VenueOrderId.TryParse("venue-1"u8, out VenueOrderId id));
        OrderView view = new() { Id = id, Status = status, Filled = filled, Value = value, Fees = fees };
        _ = book.Apply(index, in view, 1);
    }

    private static ReportKind[] Kinds(ReportBuffer reports)
    {
        List<ReportKind> kinds = [];
        foreach (TradingEvent report in reports.Waiting)
        {
            kinds.Add(report.Report);
        }

        return [.. kinds];
    }

    /// <summary>What really happened to one order, step by step, and how three sources may tell of it.</summary>
    private sealed class Story
    {
        private readonly List<OrderView> _steps = [];

        public Story(Random random)
        {
            Command = Sell(1, random.Next(1, 20) * Unit);
            bool triggers = random.Next(2) == 0;
            OrderView step = new() { Status = VenueStatus.Open };
            Assert.True(VenueOrderId.TryParse("venue-1"u8, out step.Id));
            _steps.Add(step);
            int fills = random.Next(0, 5);
            for (int i = 0; i < fills && step.Filled < Command.Quantity; i++)
            {
                long quantity = Math.Min(random.Next(1, 8) * Unit, Command.Quantity - step.Filled);
                step.IsTriggered = triggers;
                step.Filled += quantity;
                step.Value += quantity / Unit * random.Next(9_000, 11_000) / 100m;
                step.Fees += random.Next(0, 100) / 100m;
                _steps.Add(step);
            }

            step.Status = step.Filled == Command.Quantity ? VenueStatus.Filled
                : random.Next(2) == 0 ? VenueStatus.Cancelled
                : VenueStatus.Expired;
            _steps.Add(step);
        }

        public OrderCommand Command { get; }

        private OrderView End => _steps[^1];

        // Every step may be told late, twice or never; the last is told at least once.
        public List<OrderView> Told(Random random)
        {
            List<OrderView> told = [];
            for (int source = 0; source < 3; source++)
            {
                foreach (OrderView step in _steps.Where(_ => random.Next(4) != 0))
                {
                    OrderView view = step;
                    view.Status = source == 2 ? VenueStatus.None : view.Status;     // fills say nothing of the state
                    told.Insert(Math.Min(told.Count, random.Next(told.Count + 2)), view);
                }
            }

            told.Insert(random.Next(told.Count + 1), End);
            return told;
        }

        public static void Check(ReadOnlySpan<TradingEvent> reports, Story story, string repeat)
        {
            decimal value = 0m;
            decimal fees = 0m;
            long cumulative = 0;
            Dictionary<ReportKind, int> counts = [];
            foreach (TradingEvent report in reports)
            {
                counts[report.Report] = counts.GetValueOrDefault(report.Report) + 1;
                if (report.Report == ReportKind.Fill)
                {
                    Assert.True(report.CumulativeQuantity > cumulative, repeat);
                    Assert.True(report.FillValue > 0m && report.Price > 0, repeat);
                    cumulative = report.CumulativeQuantity;
                    value += report.FillValue;
                    fees += report.Fee;
                }
            }

            Assert.True(story.End.Filled == cumulative, $"{repeat}: quantity");
            Assert.True(story.End.Value == value, $"{repeat}: value");
            Assert.True(story.End.Fees == fees, $"{repeat}: fees");
            Assert.True(counts.GetValueOrDefault(ReportKind.Ack) == 1, $"{repeat}: one acknowledgement");
            Assert.True(counts.GetValueOrDefault(ReportKind.Triggered) <= 1, $"{repeat}: one trigger");
            int ends = counts.GetValueOrDefault(ReportKind.Cancelled) + counts.GetValueOrDefault(ReportKind.Expired);
            Assert.True(ends == (story.End.Status == VenueStatus.Filled ? 0 : 1), $"{repeat}: one end");
        }
    }
}
