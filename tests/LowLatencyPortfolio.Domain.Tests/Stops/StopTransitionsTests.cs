namespace LowLatencyPortfolio.Domain.Tests.Stops;

public sealed class StopTransitionsTests
{
    private static readonly StopEvent[] Columns =
    [
        StopEvent.StopRequested, StopEvent.StopAcknowledged, StopEvent.MoveRequested, StopEvent.MoveRefused,
        StopEvent.StopLost, StopEvent.TriggerReached, StopEvent.ExitRequested, StopEvent.PositionClosed,
    ];

    // A letter a cell: Placing Resting M=Replacing Triggered X=Exiting Closed, and - for a contradiction.
    private static readonly (StopState State, string Cells)[] Table =
    [
        // columns as above     Requested Acked Move Refused Lost Trigger Exit Closed
        (StopState.None,      "P - - - - - X C"),
        (StopState.Placing,   "P R - P P T X C"),
        (StopState.Resting,   "R R M R P T X C"),
        (StopState.Replacing, "M R M R P T X C"),
        (StopState.Triggered, "T T - T X T X C"),
        (StopState.Exiting,   "X X - X X X X C"),
        (StopState.Closed,    "P C - C C C X C"),
    ];

    public static TheoryData<StopState, StopEvent, StopState?> Cells()
    {
        TheoryData<StopState, StopEvent, StopState?> cells = [];
        foreach ((StopState state, string row) in Table)
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
        StopState state, StopEvent happened, StopState? expected) =>
        Assert.Equal(expected, StopTransitions.Next(state, happened));

    [Fact]
    public void The_table_names_every_state_and_every_event()
    {
        Assert.Equal(Enum.GetValues<StopState>(), Table.Select(row => row.State));
        Assert.Equal(Enum.GetValues<StopEvent>(), Columns);
        Assert.All(Table, row => Assert.Equal(Columns.Length, row.Cells.Split(' ').Length));
    }

    [Fact]
    public void Only_the_end_of_the_position_leads_out_of_an_exit()
    {
        foreach (StopEvent happened in Columns.Where(column => column != StopEvent.PositionClosed))
        {
            Assert.True(StopTransitions.Next(StopState.Exiting, happened) is null or StopState.Exiting, $"{happened}");
        }
    }

    private static StopState? StateOf(string letter) => letter switch
    {
        "-" => null,
        "P" => StopState.Placing,
        "R" => StopState.Resting,
        "M" => StopState.Replacing,
        "T" => StopState.Triggered,
        "X" => StopState.Exiting,
        "C" => StopState.Closed,
        _ => throw new ArgumentOutOfRangeException(nameof(letter), letter, "no such state"),
    };
}
