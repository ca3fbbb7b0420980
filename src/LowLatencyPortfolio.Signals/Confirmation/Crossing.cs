namespace LowLatencyPortfolio.Signals;

/// <summary>Watches one figure for its rise through a level, and how long ago that was.</summary>
/// <param name="window">Candles a crossing counts, at least 1.</param>
internal sealed class Crossing(int window)
{
    public const int StateLength = 2;

    private const int Never = -1;

    // Sums of doubles over a day are off by some 1e-13 of what is summed. A market that stands still does not rise by
    // that, and a close that is its average stands at it.
    private const double Rounding = 1e-11;

    private Side _before;
    private int _age = Never;

    /// <summary>Where the figure was, against its level.</summary>
    private enum Side : byte
    {
        Unknown = 0,
        AtOrBelow = 1,
        Above = 2,
    }

    /// <summary>Candles since the crossing; null when there is none within the window.</summary>
    public int? Age => _age == Never ? null : _age;

    /// <summary>Takes the next candle.</summary>
    /// <param name="figure">Null when unknown.</param>
    /// <param name="level">Null when unknown.</param>
    /// <param name="scale">What both are reckoned from, above 0: nearer than 1e-11 of it they are equal.</param>
    /// <param name="comparable">Whether this candle and the one before it are measured against the same thing.</param>
    public void Add(double? figure, double? level, double scale, bool comparable = true)
    {
        Side side = SideOf(figure - level, scale * Rounding);
        bool crossed = comparable && _before == Side.AtOrBelow && side == Side.Above;
        _before = side;
        if (crossed)
        {
            _age = 0;
        }
        else if (_age != Never && ++_age >= window)
        {
            _age = Never;
        }
    }

    /// <summary>Forgets the crossing, and on which side the figure was: what follows is not compared with it.</summary>
    public void Break() => (_before, _age) = (Side.Unknown, Never);

    private static Side SideOf(double? distance, double rounding) =>
        distance is null ? Side.Unknown : distance > rounding ? Side.Above : Side.AtOrBelow;

    public void Save(Span<double> to) => (to[0], to[1]) = ((double)_before, _age);

    public void Restore(ReadOnlySpan<double> from) => (_before, _age) = ((Side)from[0], (int)from[1]);
}
