namespace LowLatencyPortfolio.Engine;

/// <summary>Calls the handlers of an event, each whatever the others do.</summary>
internal static class Listeners
{
    /// <summary>Tells every handler; what one throws is its own business and dropped.</summary>
    public static void Tell<T>(Action<T>? handlers, T told)
    {
        foreach (Action<T> handler in Delegate.EnumerateInvocationList(handlers))
        {
            try
            {
                handler(told);
            }
            catch (Exception)
            {
                // On the engine's thread it would end the process, and it must not keep the next one from hearing.
            }
        }
    }
}
