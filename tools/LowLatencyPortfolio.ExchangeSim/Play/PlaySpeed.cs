using System.Globalization;

namespace LowLatencyPortfolio.ExchangeSim.Play;

/// <summary>How fast time goes.</summary>
/// <param name="Factor">Venue seconds a second; 0 for as fast as clients take it, −1 for by hand.</param>
internal readonly record struct PlaySpeed(double Factor)
{
    /// <summary>As fast as clients take it.</summary>
    public static readonly PlaySpeed Max = new(0);

    /// <summary>Only when told to.</summary>
    public static readonly PlaySpeed Step = new(-1);

    /// <summary>Time follows the machine's clock.</summary>
    public bool IsPaced => Factor > 0;

    /// <summary>Reads <c>max</c>, <c>step</c>, <c>1x</c>, <c>2.5x</c>.</summary>
    /// <param name="text">From the command line.</param>
    /// <param name="speed">The speed when true.</param>
    /// <returns>False for anything else, and beyond 0.01x to 100000x.</returns>
    public static bool TryParse(string text, out PlaySpeed speed)
    {
        speed = text == "step" ? Step : Max;
        if (text is "max" or "step")
        {
            return true;
        }

        bool good = text.EndsWith('x')
            && double.TryParse(
                text[..^1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double factor)
            && factor is >= 0.01 and <= 100_000;
        speed = good ? new PlaySpeed(double.Parse(text[..^1], CultureInfo.InvariantCulture)) : Max;
        return good;
    }
}
