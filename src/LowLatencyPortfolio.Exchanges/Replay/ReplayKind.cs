namespace LowLatencyPortfolio.Exchanges.Replay;

/// <summary>What the rows of a file are, as its header says.</summary>
public enum ReplayKind
{
    /// <summary>One trade a row: <c>time,price,size</c>.</summary>
    Ticks = 0,

    /// <summary>One bar a row: <c>time,open,high,low,close,volume</c>; played as four ticks.</summary>
    Bars = 1,
}
