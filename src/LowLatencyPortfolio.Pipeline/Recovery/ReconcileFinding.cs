namespace LowLatencyPortfolio.Pipeline;

/// <summary>A difference between what was written down and what the venue says, and what is done about it.</summary>
/// <remarks>Its text is the detail of <see cref="HistoryAction.Reconciled"/>.</remarks>
public enum ReconcileFinding : byte
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>
    /// An order was being sent and the venue does not list it: it counts, and is asked about until proven.
    /// </summary>
    AnswerUnknown = 1,

    /// <summary>An order that worked is not listed any more: it is asked about until proven.</summary>
    MissingAtVenue = 2,

    /// <summary>An order traded while nobody ran; the fill is booked.</summary>
    FilledMeanwhile = 3,

    /// <summary>An order ended at the venue while nobody ran; its end is booked.</summary>
    EndedMeanwhile = 4,

    /// <summary>An order that was believed over still works at the venue: it counts again.</summary>
    StillAtVenue = 5,

    /// <summary>A stop had taken another's place at the venue before that was written down.</summary>
    ReplacedMeanwhile = 6,

    /// <summary>A stop or an exit of ours that no row knows was taken over.</summary>
    OrderAdopted = 7,

    /// <summary>An entry of ours that no row knows is cancelled; what it bought is kept and protected.</summary>
    OrphanCancelled = 8,

    /// <summary>Two stops rested for more than is held: the one with the lower trigger is cancelled.</summary>
    StopExcess = 9,

    /// <summary>Coins are missing: the position was made smaller, at cost.</summary>
    CoinsMissing = 10,

    /// <summary>
    /// Coins are missing and something that is not booked yet may be the reason: nothing is changed, the next start
    /// compares again.
    /// </summary>
    CoinsUnexplained = 11,

    /// <summary>The venue takes no new orders in the product now.</summary>
    NotTradable = 12,

    /// <summary>
    /// Our clock and the venue's differ by more than a second, or the last session's was as much ahead of ours.
    /// </summary>
    ClockSkew = 13,

    /// <summary>A simulated venue ended with its program: this order ended with it.</summary>
    VenueBeganAnew = 14,

    /// <summary>While running: asking the venue found a fill that no message had told; it is booked.</summary>
    FillFound = 15,

    /// <summary>While running: asking the venue found the end of an order that no message had told.</summary>
    EndFound = 16,

    /// <summary>
    /// The last session stopped in order, but another version of the program laid out its state: rows and venue tell
    /// how to go on, as after a crash.
    /// </summary>
    StateSetAside = 17,
}
