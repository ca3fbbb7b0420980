namespace LowLatencyPortfolio.Exchanges.Coinbase;

/// <summary>How far a request got.</summary>
internal enum SendOutcome
{
    /// <summary>No byte of it left: the venue cannot know of it.</summary>
    NotSent,

    /// <summary>A whole answer was read.</summary>
    Answered,

    /// <summary>At least a part of it left and no whole answer came: nobody knows.</summary>
    Lost,
}
