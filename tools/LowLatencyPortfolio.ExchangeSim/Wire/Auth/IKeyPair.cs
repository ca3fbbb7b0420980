namespace LowLatencyPortfolio.ExchangeSim.Wire.Auth;

/// <summary>The two halves of an API key: the client signs with one, the venue verifies with the other.</summary>
internal interface IKeyPair : IDisposable
{
    /// <summary>The only <c>alg</c> that tokens of this key may name.</summary>
    string Algorithm { get; }

    /// <summary>Judges a signature. Any thread.</summary>
    /// <param name="signed">Head and claims as they were sent.</param>
    /// <param name="signature">Of any length.</param>
    /// <returns>Whether this key made it for exactly this text.</returns>
    bool Verify(byte[] signed, byte[] signature);

    /// <summary>The private half as Coinbase writes it into a key file.</summary>
    /// <returns>PEM or base64.</returns>
    string PrivateText();
}
