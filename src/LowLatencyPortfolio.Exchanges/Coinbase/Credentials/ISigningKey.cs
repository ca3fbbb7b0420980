namespace LowLatencyPortfolio.Exchanges.Coinbase;

/// <summary>The private half of an API key: it signs, and nothing of it can be read.</summary>
internal interface ISigningKey : IDisposable
{
    /// <summary>What a token's header calls its signature: <c>ES256</c> or <c>EdDSA</c> (RFC 7518, RFC 8037).</summary>
    string Algorithm { get; }

    /// <summary>Signs: 64 bytes. Any thread.</summary>
    /// <param name="data">What is signed, as it is: hashing is a part of signing.</param>
    byte[] Sign(byte[] data);
}
