namespace LowLatencyPortfolio.Persistence;

/// <summary>What became of an intent that asked for an answer.</summary>
/// <param name="Product">Index of the pair.</param>
/// <param name="OrderSequence">Our number of the order.</param>
/// <param name="Durable">True: committed, visible to every other connection. False: the entry must be
/// abandoned.</param>
/// <param name="MarketEvent">Market event in whose closure the intent was journaled.</param>
public readonly record struct IntentAnswer(int Product, long OrderSequence, bool Durable, long MarketEvent);
