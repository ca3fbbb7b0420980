using static LowLatencyPortfolio.Domain.StopEvent;
using static LowLatencyPortfolio.Domain.StopState;

namespace LowLatencyPortfolio.Domain;

/// <summary>The protection of a position as one table.</summary>
/// <remarks>
/// Thread: any. Allocation: none. Pure. Of several stops asked for at once, the caller says
/// <see cref="StopEvent.StopAcknowledged"/> when none is outstanding any more. Source: SPEC 10.
/// </remarks>
public static class StopTransitions
{
    /// <summary>The state that follows.</summary>
    /// <param name="state">Where the protection stands.</param>
    /// <param name="happened">What happened.</param>
    /// <returns>The next state, or null for a pair that contradicts itself.</returns>
    public static StopState? Next(StopState state, StopEvent happened) => (state, happened) switch
    {
        (None or Closed, StopRequested) => Placing,
        (Placing, StopRequested) => Placing,                // a further fill before the first ack
        (Resting, StopRequested) => Resting,                // an additional stop beside the resting one
        (Replacing, StopRequested) => Replacing,
        (Triggered, StopRequested) => Triggered,            // a late buy fill joins the exit
        (Exiting, StopRequested) => Exiting,

        (Placing or Resting or Replacing, StopAcknowledged) => Resting,
        (Triggered, StopAcknowledged) => Triggered,         // one of several stops triggered before another's ack
        (Exiting, StopAcknowledged) => Exiting,
        (Closed, StopAcknowledged) => Closed,               // overtaken by the last sell; the caller cancels the stop

        (Resting, MoveRequested) => Replacing,
        (Replacing, MoveRequested) => Replacing,

        (Replacing, MoveRefused) => Resting,
        (Resting, MoveRefused) => Resting,
        (Triggered, MoveRefused) => Triggered,              // it triggered while it was asked to move
        (Placing, MoveRefused) => Placing,                  // it was lost while it was asked to move
        (Exiting, MoveRefused) => Exiting,
        (Closed, MoveRefused) => Closed,                    // it sold everything while it was asked to move

        (Placing or Resting or Replacing, StopLost) => Placing,
        (Triggered, StopLost) => Exiting,                   // the triggered stop is gone and something is still held
        (Exiting, StopLost) => Exiting,
        (Closed, StopLost) => Closed,                       // the confirmed end of a stop nobody needs any more

        (Placing or Resting or Replacing or Triggered, TriggerReached) => Triggered,
        (Exiting, TriggerReached) => Exiting,
        (Closed, TriggerReached) => Closed,                 // overtaken by its own fill

        (None or Closed or Placing or Resting or Replacing or Triggered or Exiting, ExitRequested) => Exiting,

        (None or Closed or Placing or Resting or Replacing or Triggered or Exiting, PositionClosed) => Closed,
        _ => null,
    };
}
