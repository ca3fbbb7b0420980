using LowLatencyPortfolio.Exchanges.Coinbase;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Exchanges.Tests.Coinbase.Orders;

public sealed class RestartTests
{
    private readonly Desk _before = new();

    [Fact]
    public void What_an_order_traded_while_nobody_was_there_is_reported_after_the_restart_and_nothing_twice()
    {
        _before.Place(Desk.Stop(1));
        CoinbaseOrder seen = _before.See(Desk.Stop(1), VenueStatus.Open, 3m);
        _before.Observe(seen);
        Desk after = Desk.After(_before);
        after.Looked(1, seen);
        Assert.Empty(after.Reports());
        after.Observe(seen with { Status = VenueStatus.Filled, FilledSize = 10m, FilledValue = 1000m });
        Assert.Equal(["Fill 1"], after.Reports());
    }

    [Fact]
    public void An_order_that_nobody_had_looked_at_yet_is_asked_about_after_the_restart()
    {
        _before.Submit(Desk.Stop(1));
        Desk after = Desk.After(_before);
        LookRequest? look = after.Core.NextLook(after.Time.NowNs);
        Assert.Equal(1, look?.Sequence);
        CoinbaseOrder seen = _before.See(Desk.Stop(1), VenueStatus.Filled, 10m);
        after.Core.OnLook(1, seen with { OrderId = "6b1f9c1e-0000-0000-0000-000000000001" }, after.Time.NowNs);
        Assert.Equal(["Ack 1", "Fill 1"], after.Reports());
    }

    [Fact]
    public void An_edited_order_is_still_known_by_its_old_name()
    {
        _before.Place(Desk.Stop(1));
        OrderCommand moved = Desk.Stop(2) with { Trigger = 99 * Desk.Unit, Replaces = 1 };
        _before.Core.With(state => state.Book.MoveByEdit(state.Book.Find(1), state.Book.Add(in moved, 1), 1));
        CoinbaseOrder seen = _before.See(moved, VenueStatus.Filled, 10m, clientSequence: 1);
        Desk after = Desk.After(_before);
        after.Observe(seen);
        Assert.Equal(["Fill 2"], after.Reports());
    }

    [Fact]
    public void A_cancel_that_had_not_been_carried_out_is_still_wanted()
    {
        _before.Place(Desk.Stop(1));
        CoinbaseOrder seen = _before.See(Desk.Stop(1), VenueStatus.Open);
        _before.Cancel(Desk.Stop(1));
        _ = _before.Expect(WireAction.Cancel, 1);
        Desk after = Desk.After(_before);
        after.Looked(1, seen);
        _ = after.Expect(WireAction.Cancel, 1);
        Assert.Empty(after.Reports());
    }

    [Fact]
    public void A_stop_whose_replacement_had_not_begun_is_not_being_cancelled_any_more()
    {
        _before.Place(Desk.Stop(1));
        CoinbaseOrder seen = _before.See(Desk.Stop(1), VenueStatus.Open);
        _before.Replace(Desk.Stop(2) with { Trigger = 99 * Desk.Unit }, replaces: 1);
        _ = _before.Next();
        Desk after = Desk.After(_before);
        Assert.Equal(["CancelRejected 1"], after.Reports());
        after.Core.OnLook(1, seen, after.Time.NowNs);
        Assert.Null(after.Next());
        Assert.Empty(after.Reports());
    }

    [Fact]
    public void A_cancel_of_the_last_session_is_nobody_elses()
    {
        _before.Core.With(state => state.Edits.TurnOff(0));
        _before.Place(Desk.Stop(1));
        CoinbaseOrder seen = _before.See(Desk.Stop(1), VenueStatus.Cancelled);
        _before.Replace(Desk.Stop(2) with { Trigger = 99 * Desk.Unit }, replaces: 1);
        _ = _before.Expect(WireAction.Cancel, 1);
        Desk after = Desk.After(_before);
        _ = after.Reports();
        after.Observe(seen);
        Assert.Equal(["Cancelled 1"], after.Reports());
    }

    /// <remarks>What a program wrote that did not know the last field yet.</remarks>
    [Fact]
    public void A_record_of_an_older_program_is_read()
    {
        CheckpointWriter writer = new();
        writer.Section("coinbase-2");
        writer.Write(2L);
        foreach ((long sequence, bool isBeingReplaced) in ((long, bool)[])[(1, true), (2, false)])
        {
            OrderCommand stop = Desk.Stop(sequence);
            long shape = ((long)stop.Side << 16) | ((long)stop.Type << 8) | (long)stop.Purpose;
            foreach (long number in (long[])[
                shape, 0, sequence, 0, stop.Limit, stop.Trigger, stop.Quantity, 0, 1, sequence, 0, 0, stop.Quantity])
            {
                writer.Write(number);
            }

            for (int i = 0; i < 4; i++)
            {
                writer.Write(0m);
            }

            foreach (bool flag in (bool[])[true, false, false, false, isBeingReplaced])
            {
                writer.Write(flag);
            }

            writer.Write($"venue-{sequence}");
        }

        Desk after = new(epoch: 2);
        CheckpointReader reader = new(writer.Written);
        after.Core.With(state => VenueOrderRecords.Restore(state.Book, reader));
        Assert.True(reader.AtEnd);
        _ = after.Reports();
        after.Observe(after.See(Desk.Stop(1), VenueStatus.Cancelled));
        after.Observe(after.See(Desk.Stop(2), VenueStatus.Cancelled));
        Assert.Equal(["Cancelled 1", "Cancelled 2 CancelledByOther"], after.Reports());
    }

    [Fact]
    public void An_order_whose_fate_was_not_known_is_looked_for_and_never_sent_under_another_id()
    {
        _before.Submit(Desk.Stop(1));
        _before.Answered(WireAction.Create, 1, AnswerKind.Unknown);
        Desk after = Desk.After(_before);
        LookRequest? look = after.Look();
        Assert.Equal("llp-engine1-1-1", look?.ClientOrderId);
        after.Core.OnLook(1, null, after.Time.NowNs);
        after.Advance(5.1);
        after.Looked(1, null);
        Assert.Equal(["ProvenAbsent 1"], after.Reports());
        Assert.Null(after.Next());
    }

    [Fact]
    public void An_entry_that_was_proven_absent_and_arrives_after_the_restart_is_ours()
    {
        _before.Submit(Desk.Entry(1));
        _before.Answered(WireAction.Create, 1, AnswerKind.Unknown);
        _before.Advance(1);
        _before.Looked(1, null);
        _before.Advance(5.1);
        _before.Looked(1, null);
        Assert.Equal(["Unknown 1", "ProvenAbsent 1"], _before.Reports());
        Desk after = Desk.After(_before);
        after.Observe(_before.See(Desk.Entry(1), VenueStatus.Open, 4m) with { OrderId = "venue-1" });
        Assert.Equal(["Ack 1", "Fill 1"], after.Reports());
        Assert.Null(after.Next());
    }

    [Fact]
    public void Orders_that_were_over_are_not_kept()
    {
        _before.Place(Desk.Stop(1));
        _before.Observe(_before.See(Desk.Stop(1), VenueStatus.Cancelled));
        Assert.Null(Desk.After(_before).Look());
    }
}
