using LowLatencyPortfolio.ExchangeSim.Wire.Feed;

namespace LowLatencyPortfolio.ExchangeSim.Wire.Connection;

/// <summary>What the two sides of a connection say to each other; the endpoint's path decides which.</summary>
/// <remarks>Thread: any.</remarks>
internal interface IWireDialect
{
    /// <summary>Makes the text that goes out.</summary>
    /// <param name="message">What it is about.</param>
    /// <param name="body">Its content, which need not be the message's own.</param>
    /// <param name="sequence">Number of the message on its connection, from 0.</param>
    /// <returns>The UTF-8 text.</returns>
    byte[] Frame(in OutgoingMessage message, byte[] body, long sequence);

    /// <summary>Takes a message of the client.</summary>
    /// <param name="session">Its connection.</param>
    /// <param name="utf8">The text.</param>
    /// <param name="remote">The client's address, by which it is limited.</param>
    void Receive(WireSession session, ReadOnlyMemory<byte> utf8, string remote);
}
