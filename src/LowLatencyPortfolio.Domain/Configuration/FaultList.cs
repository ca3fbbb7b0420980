using System.Globalization;

namespace LowLatencyPortfolio.Domain;

/// <summary>Collects the faults of a configuration, at most one a value.</summary>
internal sealed class FaultList
{
    /// <summary>Numbers from here on are refused: a price × quantity of 16 decimals must stay exact.</summary>
    public const decimal TooLarge = 1_000_000_000_000m;

    private const int MaxDecimals = 16;
    private readonly List<ConfigurationFault> _faults = [];

    public IReadOnlyList<ConfigurationFault> Faults => _faults;

    public static string Text(decimal value) =>
        value.ToString("0.############################", CultureInfo.InvariantCulture);

    public void Add(string path, string value, string allowed) =>
        _faults.Add(new ConfigurationFault(path, value, allowed));

    /// <summary>A count, at least 1.</summary>
    public void Count(string path, int value, int most = int.MaxValue)
    {
        if (value < 1 || value > most)
        {
            string allowed = most == int.MaxValue ? "at least 1" : $"1 to {Text(most)}";
            Add(path, Text(value), allowed);
        }
    }

    /// <summary>A percentage above 0, at most <paramref name="most"/>: 5 means 5 %.</summary>
    public void Percent(string path, decimal value, decimal most, string mostMeans = "")
    {
        if (FitsDecimal(path, value) && (value <= 0m || value > most))
        {
            Add(path, Text(value), $"above 0, at most {Text(most)}{mostMeans}; 5 means 5 %");
        }
    }

    /// <summary>A loss in percent, between −100 and 0, both excluded: −10 means a loss of 10 %.</summary>
    public void Loss(string path, decimal value)
    {
        if (FitsDecimal(path, value) && value is <= -100m or >= 0m)
        {
            string hint = value is > 0m and < 100m ? $"; did you mean -{Text(value)}?" : string.Empty;
            Add(path, Text(value), $"above -100, below 0; -10 means a loss of 10 %{hint}");
        }
    }

    /// <summary>A fraction in a closed range, at most 6 decimals: 0.02 means 2 %.</summary>
    public void Fraction(string path, decimal value, decimal least, decimal most)
    {
        if (ProductSpec.DecimalsOf(value) > TrailingStop.MaxFractionDecimals)
        {
            Add(path, Text(value), $"at most {TrailingStop.MaxFractionDecimals} decimals");
        }
        else if (value < least || value > most)
        {
            decimal asFraction = value / 100m;
            bool wasPercent = value > most && asFraction >= least && asFraction <= most;
            string hint = wasPercent ? $"; did you mean {Text(asFraction)}?" : string.Empty;
            Add(path, Text(value), $"{Text(least)} to {Text(most)}, a fraction: 0.02 means 2 %{hint}");
        }
    }

    /// <summary>Money or another number above 0.</summary>
    public void Positive(string path, decimal value, string unit)
    {
        if (FitsDecimal(path, value) && value <= 0m)
        {
            Add(path, Text(value), $"above 0 ({unit})");
        }
    }

    /// <summary>Whether a number stays exact in every product that is made of it; a fault otherwise.</summary>
    private bool FitsDecimal(string path, decimal value)
    {
        if (value is <= -TooLarge or >= TooLarge)
        {
            Add(path, Text(value), "below 10^12");
            return false;
        }

        if (ProductSpec.DecimalsOf(value) > MaxDecimals)
        {
            Add(path, Text(value), $"at most {MaxDecimals} decimals");
            return false;
        }

        return true;
    }
}
