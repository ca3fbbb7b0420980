using System.Runtime.InteropServices;
using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Pipeline;

/// <summary>
/// What the risk gate knows of one pair: 32 bytes, all that a tick touches. Entries keep theirs in
/// <see cref="PairIntents"/>.
/// </summary>
[StructLayout(LayoutKind.Sequential, Size = 32)]
internal struct GatedPair
{
    /// <summary>Newest accepted price, else the first fill's; 0 before either. Ring units.</summary>
    public long Mark;

    /// <summary>When <see cref="Mark"/> was accepted, ns UTC; 0 while no tick was.</summary>
    public long MarkAtNs;

    /// <summary>Held quantity, ring units.</summary>
    public long Held;

    /// <summary>A tick is held back as absurd: entries wait for the next.</summary>
    public bool PriceHeld;

    public bool FeedDown;
    public bool NotTradable;

    /// <summary>The venue refuses the stop that a position would need.</summary>
    public bool StopsRefused;

    /// <summary>
    /// Coins of the position are missing, or held by somebody else's order, and nobody has explained why.
    /// </summary>
    public bool CoinsInDoubt;

    /// <summary>The ratchet closes the pair.</summary>
    public bool Exiting;

    /// <summary>Somebody ordered the pair closed; stands until it is flat and nothing of it works.</summary>
    public ExitReason MustExit;
}
