namespace LowLatencyPortfolio.Pipeline;

/// <summary>What an event in the ring is about. Whatever may change trading state is one of these.</summary>
/// <remarks>Source: SPEC 3.</remarks>
public enum EventKind : byte
{
    /// <summary>The slot was never written.</summary>
    None = 0,

    /// <summary>A trade happened at the venue.</summary>
    Tick = 1,

    /// <summary>Somebody asks to buy.</summary>
    EntryCommand = 2,

    /// <summary>The venue reports on one of our orders; see <see cref="ReportKind"/>.</summary>
    OrderReport = 3,

    /// <summary>An entry's intent is committed to the journal.</summary>
    IntentDurable = 4,

    /// <summary>An entry's intent could not be committed.</summary>
    IntentFailed = 5,

    /// <summary>Time passes: each whole second in replay, every 100 ms live.</summary>
    Timer = 6,

    /// <summary>
    /// An instruction about one pair, or about the portfolio when the product is −1; see <see cref="ControlAction"/>.
    /// </summary>
    Control = 7,

    /// <summary>A feed's, the journal's or the reconciler's health changed; see <see cref="HealthFlag"/>.</summary>
    FeedState = 8,

    /// <summary>The venue changed a product's grid or flags.</summary>
    ProductChanged = 9,

    /// <summary>The venue reports the available quote balance.</summary>
    Balance = 10,

    /// <summary>
    /// The venue reports how many coins of a pair are in the account, while nothing of the pair was under way:
    /// <c>Quantity</c> of them in all, <c>CumulativeQuantity</c> of them free or held by our own orders.
    /// </summary>
    Coins = 11,

    /// <summary>
    /// A pair was measured to move with others than before: <c>Quantity</c> is the index of the pair that its group is
    /// named after, its own where it moves with no other.
    /// </summary>
    GroupsChanged = 12,
}
