namespace LowLatencyPortfolio.ExchangeSim.Wire.Auth;

/// <summary>What is wrong with a token, in the order in which it is looked for.</summary>
internal enum JwtVerdict
{
    /// <summary>Nothing.</summary>
    Accepted = 0,

    /// <summary>Not three parts of base64url, or not JSON objects inside.</summary>
    Malformed = 1,

    /// <summary><c>alg</c> is not the key's; "none" is the classic, the other kind of key's the subtle one.</summary>
    ForeignAlgorithm = 2,

    /// <summary><c>kid</c> or <c>sub</c> is not the key's name.</summary>
    UnknownKey = 3,

    /// <summary>The signature is another key's, or of another text.</summary>
    BadSignature = 4,

    /// <summary>No nonce in the header.</summary>
    NoNonce = 5,

    /// <summary>No <c>iss</c>; its value does not matter, clients send several.</summary>
    NoIssuer = 6,

    /// <summary><c>nbf</c> lies in the future or is missing.</summary>
    NotYetValid = 7,

    /// <summary><c>exp</c> has passed or is missing.</summary>
    Expired = 8,

    /// <summary><c>exp</c> is more than 120 s away.</summary>
    LivesTooLong = 9,

    /// <summary>Method or path are another request's.</summary>
    ForeignRequest = 10,
}
