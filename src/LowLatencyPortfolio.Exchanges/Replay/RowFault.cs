namespace LowLatencyPortfolio.Exchanges.Replay;

/// <summary>What can be wrong with a row, in the order it is looked for.</summary>
internal enum RowFault
{
    None = 0,
    ColumnCount,
    Time,
    Number,
    NotPositive,
    TradeId,
    LowAboveHigh,
    GoesBack,
    InsideBarBefore,
}
