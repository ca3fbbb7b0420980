namespace LowLatencyPortfolio.Domain;

/// <summary>
/// Why a text is not a plain decimal number that fits the unit. <c>DecimalText.Describe</c> has the words.
/// </summary>
public enum TextFault : byte
{
    /// <summary>It is one.</summary>
    None = 0,

    /// <summary>No characters.</summary>
    Empty = 1,

    /// <summary>A plus or minus sign: prices and quantities have none.</summary>
    Sign = 2,

    /// <summary>An <c>e</c> or <c>E</c> after a digit or a point.</summary>
    Exponent = 3,

    /// <summary>A space, tab or line end.</summary>
    Blank = 4,

    /// <summary>Any other character that is neither a digit nor a point, the letters of NaN included.</summary>
    NotADigit = 5,

    /// <summary>A second decimal point.</summary>
    TwoPoints = 6,

    /// <summary>Nothing before the decimal point.</summary>
    LeadingPoint = 7,

    /// <summary>Nothing after the decimal point.</summary>
    TrailingPoint = 8,

    /// <summary>A digit other than 0 finer than the unit.</summary>
    TooManyDecimals = 9,

    /// <summary>More units than 64 bits hold.</summary>
    TooLarge = 10,
}
