namespace LowLatencyPortfolio.Engine;

/// <summary>What an <see cref="EngineEvent"/> tells; says which of its fields count.</summary>
public enum EngineEventKind
{
    /// <summary>Not an event.</summary>
    None = 0,

    /// <summary>An entry was sent. Price: its limit, null for a market order; quantity.</summary>
    EntrySubmitted = 1,

    /// <summary>An entry traded. Price and quantity of the fill, value, fee.</summary>
    EntryFilled = 2,

    /// <summary>The venue has a first or additional stop. Price: its trigger; quantity.</summary>
    StopPlaced = 3,

    /// <summary>The venue has moved, merged or resized a stop. Price: its new trigger; quantity.</summary>
    StopMoved = 4,

    /// <summary>A stop triggered. Price: its trigger; quantity: what it still sells.</summary>
    StopTriggered = 5,

    /// <summary>A stop, an exit or a reduction traded. Price and quantity of the fill, value, fee.</summary>
    ExitFilled = 6,

    /// <summary>
    /// Nothing of a position is held any more. Quantity: sold in all; price: of the last fill; value: received for it;
    /// fee: all of them; realized; why.
    /// </summary>
    PositionClosed = 7,

    /// <summary>
    /// The risk gate refused an order, the verdict says by which limit. Position 0: an entry, price its limit; else a
    /// stop, price its trigger, or an exit, price null.
    /// </summary>
    OrderRefused = 8,

    /// <summary>The venue refused an order; the reason is its own. Price: a limit; quantity.</summary>
    OrderRejected = 9,

    /// <summary>An order was cancelled or expired. Price: a limit; quantity: what it had not traded.</summary>
    OrderCancelled = 10,

    /// <summary>An entry was given up before it was sent; the verdict says why.</summary>
    OrderAbandoned = 11,

    /// <summary>The trading mode changed.</summary>
    ModeChanged = 12,

    /// <summary>A person should know of something; <see cref="EngineEvent.Alarm"/> has the words.</summary>
    Alarm = 13,

    /// <summary>What an earlier alarm told is over.</summary>
    AlarmOver = 14,

    /// <summary>A rebalance began, was refused, went on or ended; the action says which. Price, quantity.</summary>
    Rebalanced = 15,

    /// <summary>The venue was asked and said what no message had told. Quantity: what it is about.</summary>
    Reconciled = 16,
}
