using System.Text;

namespace LowLatencyPortfolio.Exchanges.Coinbase;

/// <summary>
/// The head of one kind of request with its signature rendered into it: only the length of the body is patched. A timer
/// renders it anew within the life of its token.
/// </summary>
/// <remarks>
/// Thread: <see cref="Bytes"/> from any thread, <see cref="Rotate"/> from one at a time. Allocation: only in
/// <see cref="Rotate"/>.
/// </remarks>
internal sealed class SignedHead
{
    /// <summary>Digits of the content length: a body has at most 9,999 bytes. Zeros may lead (RFC 9110, 8.6).</summary>
    public const int LengthDigits = 4;

    private readonly JwtSigner? _signer;
    private readonly string _method;
    private readonly string _path;
    private readonly byte[] _fixedPart;
    private byte[] _bytes = [];

    /// <param name="signer">Signs; null for a request that needs no token.</param>
    /// <param name="method">GET or POST.</param>
    /// <param name="host">What the Host header says.</param>
    /// <param name="path">Path without a query.</param>
    public SignedHead(JwtSigner? signer, string method, string host, string path)
    {
        _signer = signer;
        _method = method;
        _path = path;
        _fixedPart = Encoding.ASCII.GetBytes(
            $"{method} {path} HTTP/1.1\r\nHost: {host}\r\nUser-Agent: llp\r\nAccept: application/json\r\n"
            + "Content-Type: application/json\r\nContent-Length: ");
        Rotate();
    }

    /// <summary>The whole head with a length of 0000; its own array for each token.</summary>
    public byte[] Bytes => Volatile.Read(ref _bytes);

    /// <summary>Where the digits of the length stand.</summary>
    public int LengthOffset => _fixedPart.Length;

    /// <summary>Renders the head with a fresh token.</summary>
    public void Rotate()
    {
        using MemoryStream head = new();
        head.Write(_fixedPart);
        head.Write("0000\r\n"u8);
        if (_signer is not null)
        {
            head.Write("Authorization: Bearer "u8);
            head.Write(_signer.ForRequest(_method, _path));
            head.Write("\r\n"u8);
        }

        head.Write("\r\n"u8);
        Volatile.Write(ref _bytes, head.ToArray());
    }
}
