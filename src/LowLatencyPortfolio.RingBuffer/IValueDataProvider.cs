namespace Disruptor;

/// <summary>Slots by sequence.</summary>
/// <typeparam name="T">The event.</typeparam>
public interface IValueDataProvider<T>
    where T : struct
{
    /// <summary>
    /// The slot of a sequence, in place. Slots are reused a lap later and never cleared between uses.
    /// </summary>
    /// <param name="sequence">A claimed or published sequence.</param>
    ref T this[long sequence] { get; }
}
