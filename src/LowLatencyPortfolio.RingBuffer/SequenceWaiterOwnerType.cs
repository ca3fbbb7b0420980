namespace Disruptor;

/// <summary>Who waits on a barrier.</summary>
public enum SequenceWaiterOwnerType
{
    /// <summary>Code of the user's own.</summary>
    Unknown,

    /// <summary>The processor of an event handler.</summary>
    EventHandler,
}
