namespace LowLatencyPortfolio.Domain.Tests.Orders;

public sealed class OrderTransitionsTests
{
    private static readonly OrderEvent[] Columns =
    [
        OrderEvent.Sent, OrderEvent.Abandon, OrderEvent.Ack, OrderEvent.Triggered, OrderEvent.PartialFill,
        OrderEvent.CompleteFill, OrderEvent.CancelSent, OrderEvent.Cancelled, OrderEvent.Replaced,
        OrderEvent.CancelRejected, OrderEvent.Rejected, OrderEvent.Expired, OrderEvent.Lost, OrderEvent.ProvenAbsent,
    ];

    // A letter a cell: Intended Submitted Working Triggered P=CancelPending Unknown Filled Cancelled R=Replaced
    // J=Rejected Expired Abandoned, and - for a contradiction.
    private static readonly (OrderState State, string Cells)[] Table =
    [
        // columns as above                Sent Abandon Ack Trig Part Full CSent Canc Repl CRej Rej Exp Lost Absent
        (OrderState.None,          "- - - - - - - - - - - - - -"),
        (OrderState.Intended,      "S A - - - - - - - - - - U -"),
        (OrderState.Submitted,     "- - W T W F P C R S J E U A"),
        (OrderState.Working,       "- - W T W F P C R W J E U -"),
        (OrderState.Triggered,     "- - T T T F P C R T J E U -"),
        (OrderState.CancelPending, "- - P P P F P C R W J E U A"),
        (OrderState.Unknown,       "- - W T W F U C R U J E U A"),
        (OrderState.Filled,        "- - F F F F - - - F - - F -"),
        (OrderState.Cancelled,     "- - C C C F - C C C - - C -"),
        (OrderState.Replaced,      "- - R R R F - R R R - - R -"),
        (OrderState.Rejected,      "- - J J U F - - - J J - J J"),
        (OrderState.Expired,       "- - E E E F - - - E - E E -"),
        (OrderState.Abandoned,     "- A W T W F - C R A J E A A"),
    ];

    public static TheoryData<OrderState, OrderEvent, OrderState> Cells()
    {
        TheoryData<OrderState, OrderEvent, OrderState> cells = [];
        foreach ((OrderState state, string row) in Table)
        {
            string[] letters = row.Split(' ');
            for (int i = 0; i < Columns.Length; i++)
            {
                cells.Add(state, Columns[i], StateOf(letters[i]));
            }
        }

        return cells;
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public void Every_state_and_event_lead_where_the_table_says(
        OrderState state, OrderEvent happened, OrderState expected) =>
        Assert.Equal(expected, OrderTransitions.Next(state, happened));

    [Fact]
    public void The_table_names_every_state_and_every_event()
    {
        Assert.Equal(Enum.GetValues<OrderState>(), Table.Select(row => row.State));
        Assert.Equal(Enum.GetValues<OrderEvent>(), Columns);
        Assert.All(Table, row => Assert.Equal(Columns.Length, row.Cells.Split(' ').Length));
    }

    [Fact]
    public void A_fill_after_sending_is_never_a_contradiction()
    {
        foreach (OrderState state in Enum.GetValues<OrderState>().Where(state => state >= OrderState.Submitted))
        {
            Assert.NotEqual(OrderState.None, OrderTransitions.Next(state, OrderEvent.PartialFill));
            Assert.Equal(OrderState.Filled, OrderTransitions.Next(state, OrderEvent.CompleteFill));
        }
    }

    [Fact]
    public void A_lost_request_never_ends_a_live_order()
    {
        foreach (OrderState state in Enum.GetValues<OrderState>().Where(OrderTransitions.IsLive))
        {
            Assert.Equal(OrderState.Unknown, OrderTransitions.Next(state, OrderEvent.Lost));
        }
    }

    [Theory]
    [InlineData(OrderState.None, false, false)]
    [InlineData(OrderState.Intended, false, false)]
    [InlineData(OrderState.Submitted, true, false)]
    [InlineData(OrderState.Working, true, false)]
    [InlineData(OrderState.Triggered, true, false)]
    [InlineData(OrderState.CancelPending, true, false)]
    [InlineData(OrderState.Unknown, true, false)]
    [InlineData(OrderState.Filled, false, true)]
    [InlineData(OrderState.Cancelled, false, true)]
    [InlineData(OrderState.Replaced, false, true)]
    [InlineData(OrderState.Rejected, false, true)]
    [InlineData(OrderState.Expired, false, true)]
    [InlineData(OrderState.Abandoned, false, true)]
    public void Live_and_final_exclude_each_other(OrderState state, bool live, bool final)
    {
        Assert.Equal(live, OrderTransitions.IsLive(state));
        Assert.Equal(final, OrderTransitions.IsFinal(state));
    }

    private static OrderState StateOf(string letter) => letter switch
    {
        "-" => OrderState.None,
        "S" => OrderState.Submitted,
        "W" => OrderState.Working,
        "T" => OrderState.Triggered,
        "P" => OrderState.CancelPending,
        "U" => OrderState.Unknown,
        "F" => OrderState.Filled,
        "C" => OrderState.Cancelled,
        "R" => OrderState.Replaced,
        "J" => OrderState.Rejected,
        "E" => OrderState.Expired,
        "A" => OrderState.Abandoned,
        _ => throw new ArgumentOutOfRangeException(nameof(letter), letter, "no such state"),
    };
}
