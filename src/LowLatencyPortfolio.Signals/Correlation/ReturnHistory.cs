using System.Runtime.InteropServices;

namespace LowLatencyPortfolio.Signals;

/// <summary>The returns of the last closes, for a value at risk that assumes no distribution.</summary>
/// <remarks>Thread: one owner. Allocation: none after construction. Memory: 8 bytes a pair and close.</remarks>
public sealed class ReturnHistory
{
    private const int StateScalars = 2;

    private readonly int _pairs;
    private readonly double[] _returns;      // simple returns, a row a close, the oldest overwritten
    private readonly double[] _losses;
    private int _count;
    private int _next;

    /// <summary>Starts empty.</summary>
    /// <param name="pairs">At least 1.</param>
    /// <param name="window">Closes remembered, at least 2; 2,016 is a week of 5-minute candles.</param>
    /// <exception cref="ArgumentOutOfRangeException">Too few.</exception>
    public ReturnHistory(int pairs, int window)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(pairs, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(window, 2);
        _pairs = pairs;
        _returns = new double[pairs * window];
        _losses = new double[window];
    }

    /// <summary>Closes remembered so far, at most the window.</summary>
    public int Count => _count;

    /// <summary>Bytes of <see cref="Save"/>.</summary>
    public int StateBytes => sizeof(double) * (StateScalars + _returns.Length);

    /// <summary>Remembers the returns of a close and forgets the oldest when full.</summary>
    /// <param name="logReturns">By pair, such as <see cref="CorrelationEstimator.LastReturns"/>.</param>
    /// <exception cref="ArgumentException">Not one a pair.</exception>
    public void Add(ReadOnlySpan<double> logReturns)
    {
        if (logReturns.Length != _pairs)
        {
            throw new ArgumentException($"{logReturns.Length} returns for {_pairs} pairs", nameof(logReturns));
        }

        Span<double> row = _returns.AsSpan(_next * _pairs, _pairs);
        for (int i = 0; i < row.Length; i++)
        {
            row[i] = Math.Exp(logReturns[i]) - 1;
        }

        _next = (_next + 1) % _losses.Length;
        _count = Math.Min(_count + 1, _losses.Length);
    }

    /// <summary>
    /// The loss over one candle that the remembered closes exceeded no oftener than the confidence allows, had the
    /// positions of now been held at each.
    /// </summary>
    /// <param name="values">Market value by pair, quote.</param>
    /// <param name="confidence">In (0.5, 1): 0.99 is 99 %.</param>
    /// <returns>
    /// Quote; negative when even that close won; null before 1 ÷ (1 − confidence) closes, of which one exceeds it.
    /// </returns>
    /// <exception cref="ArgumentException">Not one value a pair, or no such confidence.</exception>
    /// <remarks>
    /// Cost: O(positions · window), then a sort. Rounding: the loss of rank ⌈confidence · count⌉, no interpolation. For
    /// more candles scale by their root, as the parametric figure does.
    /// </remarks>
    public double? ValueAtRisk(ReadOnlySpan<double> values, double confidence)
    {
        PortfolioRisk.DemandConfidence(confidence);
        if (values.Length != _pairs)
        {
            throw new ArgumentException($"{values.Length} values for {_pairs} pairs", nameof(values));
        }

        int rank = (int)Math.Ceiling(confidence * _count);
        if (rank >= _count)
        {
            return null;
        }

        Span<double> losses = _losses.AsSpan(0, _count);
        for (int close = 0; close < losses.Length; close++)
        {
            double won = 0;
            ReadOnlySpan<double> row = _returns.AsSpan(close * _pairs, _pairs);
            for (int i = 0; i < row.Length; i++)
            {
                won += values[i] * row[i];
            }

            losses[close] = -won;
        }

        losses.Sort();
        return losses[rank - 1];
    }

    /// <summary>Writes the whole state: 64-bit floats of this machine's byte order.</summary>
    /// <param name="state"><see cref="StateBytes"/> bytes.</param>
    /// <exception cref="ArgumentException">Another length.</exception>
    public void Save(Span<byte> state)
    {
        DemandLength(state.Length);
        ReadOnlySpan<double> scalars = [_count, _next];
        MemoryMarshal.AsBytes(scalars).CopyTo(state);
        MemoryMarshal.AsBytes(_returns.AsSpan()).CopyTo(state[(sizeof(double) * StateScalars)..]);
    }

    /// <summary>Continues from a saved state.</summary>
    /// <param name="state">Written by <see cref="Save"/> of a history of the same pairs and window.</param>
    /// <exception cref="ArgumentException">Another length.</exception>
    public void Restore(ReadOnlySpan<byte> state)
    {
        DemandLength(state.Length);
        Span<double> scalars = stackalloc double[StateScalars];
        state[..(sizeof(double) * StateScalars)].CopyTo(MemoryMarshal.AsBytes(scalars));
        (_count, _next) = ((int)scalars[0], (int)scalars[1]);
        state[(sizeof(double) * StateScalars)..].CopyTo(MemoryMarshal.AsBytes(_returns.AsSpan()));
    }

    private void DemandLength(int length)
    {
        if (length != StateBytes)
        {
            throw new ArgumentException($"{length} bytes of state; this history has {StateBytes}");
        }
    }
}
