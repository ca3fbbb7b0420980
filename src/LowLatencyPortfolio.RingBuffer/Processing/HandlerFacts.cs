namespace Disruptor.Processing;

/// <summary>
/// What the processor must know of a handler before it runs, found once by reflection and one property.
/// </summary>
/// <param name="MaxBatchSize">In events; <see cref="long.MaxValue"/> for no limit.</param>
/// <param name="HasOnBatchStart">Whether the type implements OnBatchStart itself.</param>
/// <param name="HasOnTimeout">Whether the type implements OnTimeout itself.</param>
/// <remarks>
/// Default interface methods are never called on the hot path: on a struct handler such a call would box it.
/// </remarks>
internal readonly record struct HandlerFacts(long MaxBatchSize, bool HasOnBatchStart, bool HasOnTimeout)
{
    public static HandlerFacts Of<T>(IValueEventHandler<T> handler)
        where T : struct
    {
        var maxBatchSize = handler.MaxBatchSize ?? long.MaxValue;
        if (maxBatchSize < 1)
        {
            throw new ArgumentException(
                $"MaxBatchSize of {handler.GetType().Name} must be 1 or more, but is {maxBatchSize}.", nameof(handler));
        }

        var type = handler.GetType();
        return new HandlerFacts(
            maxBatchSize,
            Implements(type, typeof(IValueEventHandler<T>), nameof(IValueEventHandler<>.OnBatchStart)),
            Implements(type, typeof(IEventHandler), nameof(IEventHandler.OnTimeout)));
    }

    private static bool Implements(Type handler, Type contract, string method)
    {
        var map = handler.GetInterfaceMap(contract);
        var index = Array.FindIndex(map.InterfaceMethods, candidate => candidate.Name == method);
        return map.TargetMethods[index]?.DeclaringType is { IsInterface: false };
    }
}
