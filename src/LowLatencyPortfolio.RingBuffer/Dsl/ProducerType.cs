namespace Disruptor.Dsl;

/// <summary>How many threads publish.</summary>
public enum ProducerType
{
    /// <summary>One thread; not checked.</summary>
    Single,

    /// <summary>Any number.</summary>
    Multi,
}
