namespace LowLatencyPortfolio.Signals;

/// <summary>How the limit of an entry follows from the candle that confirmed it.</summary>
public enum EntryPriceMode : byte
{
    /// <summary>The candle's close.</summary>
    Last = 0,

    /// <summary>The close less <see cref="ConfirmationSettings.EntryOffsetBps"/>: the bid's side.</summary>
    BidOffset = 1,

    /// <summary>The close less <see cref="ConfirmationSettings.EntryAtrFraction"/> of the average true range.</summary>
    AtrFraction = 2,
}
