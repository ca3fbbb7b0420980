namespace LowLatencyPortfolio.Exchanges.Coinbase.Feed;

/// <summary>
/// What is wrong with a message of the venue. Of several the lowest number is told, wherever it stands in the message.
/// </summary>
public enum FrameFault : byte
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>It is no JSON, is cut off, or is more than 64 levels deep.</summary>
    Syntax = 1,

    /// <summary>It is JSON, but no object.</summary>
    NotAnObject = 2,

    /// <summary>It names neither a channel nor a type.</summary>
    NoKind = 3,

    /// <summary>A field that is read stands twice in its object.</summary>
    DuplicateField = 4,

    /// <summary>A field without which the message says nothing is absent.</summary>
    MissingField = 5,

    /// <summary>A field is not the text, number, list or object that it should be.</summary>
    WrongType = 6,

    /// <summary>A price, size or count is no plain number: empty, signed, with an exponent, a blank or a
    /// letter.</summary>
    BadNumber = 7,

    /// <summary>A time is not ISO 8601 in UTC, or no real date.</summary>
    BadTime = 8,

    /// <summary>The message was longer than the feed's bound; nothing of it was looked at.</summary>
    TooLong = 9,

    /// <summary>The frame was binary; the venue sends text only.</summary>
    NotText = 10,
}
