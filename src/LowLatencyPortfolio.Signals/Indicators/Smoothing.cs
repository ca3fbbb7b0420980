namespace LowLatencyPortfolio.Signals;

/// <summary>
/// An average in which the past fades: the mean of the first n numbers, then value + weight · (number − value).
/// </summary>
/// <remarks>
/// Each step shrinks the error of all steps before it by 1 − weight, so errors do not grow with the number of candles.
/// </remarks>
internal sealed class Smoothing(int period, double weight)
{
    public const int StateLength = 2;

    private double _count;
    private double _value;

    /// <summary>The average; null before n numbers.</summary>
    public double? Value => _count >= period ? _value : null;


    public void Add(double number)
    {
        if (_count < period)
        {
            _count++;
            _value += (number - _value) / _count;
            return;
        }

        _value += weight * (number - _value);
    }

    public void Save(Span<double> to) => (to[0], to[1]) = (_count, _value);

    public void Restore(ReadOnlySpan<double> from) => (_count, _value) = (from[0], from[1]);
}
