namespace LowLatencyPortfolio.ExchangeSim.Wire.Auth;

/// <summary>The kinds of API keys.</summary>
internal enum KeyKind
{
    /// <summary>EC P-256; tokens are signed with ES256.</summary>
    Ecdsa = 0,

    /// <summary>Ed25519; tokens are signed with EdDSA.</summary>
    Ed25519 = 1,
}
