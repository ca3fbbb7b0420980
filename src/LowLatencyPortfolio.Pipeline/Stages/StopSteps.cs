using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Pipeline;

/// <summary>Steps of a pair through <see cref="StopTransitions"/>.</summary>
internal static class StopSteps
{
    /// <summary>A step we decided ourselves: it must be in the table.</summary>
    public static void Move(ref ProtectedPair pair, StopEvent decided)
    {
        StopState? next = StopTransitions.Next(pair.State, decided);
        Invariant.Check(next is not null, InvariantRule.StopContradiction);
        pair.State = next.Value;
    }

    /// <summary>A step the venue reported: one that is not in the table changes nothing.</summary>
    /// <returns>False for a step that is not in the table.</returns>
    public static bool TryFollow(ref ProtectedPair pair, StopEvent reported)
    {
        if (StopTransitions.Next(pair.State, reported) is not { } next)
        {
            return false;
        }

        pair.State = next;
        return true;
    }

    /// <summary>Nothing, or only dust, is left to protect.</summary>
    public static void Close(ref ProtectedPair pair)
    {
        if (pair.State is not (StopState.None or StopState.Closed))
        {
            Move(ref pair, StopEvent.PositionClosed);
        }

        pair.Exit = ExitReason.None;
        pair.Trigger = 0;
        pair.AcknowledgedTrigger = 0;
        pair.TriggeredAtNs = 0;
        pair.RetryDue = false;
        pair.IsAlarmed = false;
        pair.IsBlocked = false;
        pair.IsBlockTold = false;
        pair.IsStopTaken = false;
        pair.MustShrink = false;
        pair.WasStopInvalid = false;
        pair.IsPaced = false;
        pair.ExitRung = 0;
        pair.HandMark = 0;
        pair.VenueRetryNs = 0;
        pair.Reduction = ReductionStep.None;
    }
}
