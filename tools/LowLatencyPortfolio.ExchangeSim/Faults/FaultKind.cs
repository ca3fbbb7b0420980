namespace LowLatencyPortfolio.ExchangeSim.Faults;

/// <summary>What goes wrong.</summary>
internal enum FaultKind
{
    /// <summary>The request is carried out and its answer never arrives: see <see cref="FaultRule.Variant"/>.</summary>
    LostAck = 0,

    /// <summary>A 5xx; the request is not carried out.</summary>
    ServerError = 1,

    /// <summary>Request, answer or message is late.</summary>
    Delay = 2,

    /// <summary>The request is carried out twice, or the message is sent twice with one sequence number.</summary>
    Duplicate = 3,

    /// <summary>The request or message changes places with the next one.</summary>
    Reorder = 4,

    /// <summary>A message is lost after it got its sequence number.</summary>
    SequenceGap = 5,

    /// <summary>The socket stays open, answers pings, and carries no message any more.</summary>
    Stall = 6,

    /// <summary>The connection is cut without a closing handshake.</summary>
    Disconnect = 7,

    /// <summary>The socket stays open and neither reads nor writes: pings are not answered either.</summary>
    HalfOpen = 8,

    /// <summary>429 with the venue's body; the request is not carried out.</summary>
    TooManyRequests = 9,

    /// <summary>Prices in the message or answer become what no price may be.</summary>
    HostilePrice = 10,

    /// <summary>The message or answer becomes JSON that no client may trust.</summary>
    HostileJson = 11,

    /// <summary>The message is never sent and gets no number: a subscription that is a zombie, a price that stands
    /// still.</summary>
    Mute = 12,

    /// <summary>A query is answered with what the same query was answered before; a message is followed by the one
    /// before it about the same product in the same channel, with a number of its own.</summary>
    Stale = 13,
}
