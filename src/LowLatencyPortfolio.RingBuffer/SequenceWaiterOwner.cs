namespace Disruptor;

/// <summary>Tells a wait strategy for whom it makes a waiter.</summary>
public sealed class SequenceWaiterOwner
{
    private SequenceWaiterOwner(object? handler, SequenceWaiterOwnerType type)
    {
        Handler = handler;
        Type = type;
    }

    /// <summary>Somebody who is not a handler.</summary>
    public static SequenceWaiterOwner Unknown { get; } = new(null, SequenceWaiterOwnerType.Unknown);

    /// <summary>The handler as it was given; null when there is none.</summary>
    public object? Handler { get; }

    /// <summary>What kind of owner it is.</summary>
    public SequenceWaiterOwnerType Type { get; }

    /// <summary>An event handler.</summary>
    /// <param name="handler">The handler.</param>
    /// <returns>An owner of type <see cref="SequenceWaiterOwnerType.EventHandler"/>.</returns>
    public static SequenceWaiterOwner EventHandler(IEventHandler handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        return new SequenceWaiterOwner(handler, SequenceWaiterOwnerType.EventHandler);
    }
}
