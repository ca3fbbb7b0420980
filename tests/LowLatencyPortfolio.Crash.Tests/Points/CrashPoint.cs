namespace LowLatencyPortfolio.Crash.Tests.Points;

/// <summary>A named moment at which a process is killed.</summary>
/// <param name="Name">Two digits, in some cases a variant.</param>
/// <param name="Title">What the moment is called.</param>
/// <param name="Scenario">What goes on then.</param>
/// <param name="Here">Where it lies in this engine.</param>
internal sealed record CrashPoint(string Name, string Title, CrashScenario Scenario, string Here)
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<CrashPoint> All { get; } =
    [
        new("01", "decision", CrashScenario.Entry, "an entry's time has come; it is not handed to the engine"),
        new("02", "risk reserved", CrashScenario.Entry, "the gate has reserved; the intent is not appended"),
        new("03", "intent queued", CrashScenario.Entry, "taken from the queue; its transaction has begun, no row"),
        new("04", "mid intent transaction", CrashScenario.Entry, "its row is written, not committed"),
        new("05", "intent committed", CrashScenario.Entry, "the journal's answer is there; nothing is sent"),
        new("06", "half request", CrashScenario.Entry, "the venue has half of the bytes"),
        new("07", "sent, not received", CrashScenario.Entry, "written to the socket, lost on the way"),
        new("08", "accepted, no response", CrashScenario.Entry, "the venue has answered; nobody reads it"),
        new("09", "response before ring", CrashScenario.Entry, "the gateway knows; its report is not published"),
        new("10", "in ring", CrashScenario.Entry, "the report is published; no stage has seen it"),
        new("11", "applied", CrashScenario.Entry, "the stages know; the row is not queued"),
        new("12", "ack committed", CrashScenario.Entry, "the row of the working order is committed"),
        new("13", "fill before apply", CrashScenario.Fill, "the gateway knows of the fill, the stages do not"),
        new("14", "fill applied", CrashScenario.Fill, "booked in memory; the rows are not queued"),
        new("15", "mid fill transaction", CrashScenario.Fill, "the fill's rows are written, not committed"),
        new(
            "16", "fill committed, no stop intent", CrashScenario.SmallFill,
            "fill and stop are one event and one transaction, so only a fill too small for a stop has none"),
        new("17", "stop intent committed", CrashScenario.Fill, "its row is committed; it has not left"),
        new(
            "17 fallen", "stop intent committed", CrashScenario.FillAndFall,
            "it has not left, and the price falls through it before the next start"),
        new("18", "stop sent", CrashScenario.Fill, "the request is on the wire"),
        new(
            "19", "ratchet cancel intent", CrashScenario.Replacement,
            "old stop and replacement are written as one; nothing has left"),
        new(
            "19 late", "ratchet cancel intent", CrashScenario.LateCancel,
            "the cancel is on its way, and the venue carries it out after the next start has looked"),
        new("20", "cancel sent", CrashScenario.Replacement, "the cancel is on the wire"),
        new("20 edit", "edit sent", CrashScenario.Edit, "where the venue edits, there is no cancel"),
        new("21", "cancel acknowledged", CrashScenario.Replacement, "the old stop ends, the new one was not sent"),
        new("22", "replacement intent", CrashScenario.Replacement, "naked; the new stop's request is lost"),
        new("23", "replacement sent", CrashScenario.Replacement, "the new stop rests; nobody reads that"),
        new(
            "23 rest", "replacement of a rest sent", CrashScenario.ReplacementOfRest, "it is for less than its row says"),
        new("23 edit", "edit acknowledged", CrashScenario.Edit, "the stop has moved; nobody reads that"),
        new("23 edit again", "second edit acknowledged", CrashScenario.EditAgain, "the first was of an earlier start"),
        new("24", "exit part filled", CrashScenario.Liquidation, "a part is sold and committed, the rest is not"),
        new("20 reduce", "smaller stop asked for", CrashScenario.Reduction, "the edit is on the wire"),
        new("21 reduce", "stop cancelled", CrashScenario.ReductionByCancel, "naked; the smaller stop was not sent"),
        new("23 reduce", "stop made smaller", CrashScenario.Reduction, "the venue has answered; nobody reads it"),
        new("02 reduce", "part decided", CrashScenario.Reduction, "the smaller stop is reported; no row, nothing sent"),
        new("17 reduce", "part written", CrashScenario.Reduction, "the sell's row is committed; it has not left"),
        new("18 reduce", "part sent", CrashScenario.Reduction, "the sell is on the wire"),
        new("08 reduce", "part accepted, no response", CrashScenario.Reduction, "the venue has sold; nobody reads it"),
        new("13 reduce", "part before apply", CrashScenario.Reduction, "the gateway knows that it is sold"),
        new("14 reduce", "part applied", CrashScenario.Reduction, "booked in memory; the rows are not queued"),
        new("15 reduce", "mid part transaction", CrashScenario.Reduction, "the rows are written, not committed"),
        new(
            "24 reduce", "part of the part", CrashScenario.ReductionInPart,
            "some of it is sold and committed; the rest has no stop"),
        new("25", "reconcile fetched", CrashScenario.Recovery, "the venue was asked; nothing is written"),
        new("26", "mid corrective transaction", CrashScenario.Recovery, "corrections are written, not committed"),
        new("27", "checkpoint", CrashScenario.Stop, "the state is written, not committed"),
        new(
            "28", "snapshot, rename", CrashScenario.Creation,
            "no snapshot is a file; a new database is, made under another name, and it is not renamed yet"),
        new("29", "migration", CrashScenario.Creation, "the first schema: some of its tables are made"),
        new("30", "shutdown drain", CrashScenario.Stop, "all is settled; the state is not stored"),
        new("31", "recovery", CrashScenario.Recovery, "corrected and taken over; nothing is sent yet"),
        new(
            "32", "backup, rotation", CrashScenario.Recovery,
            "there is no backup; what rotates is the recording: the older one is gone, the new one is empty"),
    ];

    /// <summary>Whether it lies inside the sell of a part.</summary>
    public bool IsOfReduction => Name.EndsWith(" reduce", StringComparison.Ordinal);

    public override string ToString() => $"{Name} {Title}: {Here}";
}
