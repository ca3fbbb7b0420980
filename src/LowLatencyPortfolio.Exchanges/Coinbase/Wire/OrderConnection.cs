using System.Diagnostics;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using LowLatencyPortfolio.Exchanges.Coinbase.Feed;

namespace LowLatencyPortfolio.Exchanges.Coinbase;

/// <summary>A kept-alive HTTP/1.1 connection for one request at a time.</summary>
/// <remarks>
/// Thread: its worker's. Allocation: none for a request and its answer once connected. A request is one write. Whoever
/// gets <see cref="SendOutcome.Lost"/> must treat the request as neither taken nor refused.
/// </remarks>
/// <param name="rest">Where to.</param>
/// <param name="connectTimeout">How long the connection may take to be made.</param>
/// <param name="answerTimeout">How long an answer may take.</param>
/// <param name="resolve">Finds the addresses of a host; null asks the machine's name service.</param>
internal sealed class OrderConnection(
    Uri rest, TimeSpan connectTimeout, TimeSpan answerTimeout,
    Func<string, CancellationToken, Task<IPAddress[]>>? resolve = null) : IDisposable
{
    private Socket? _socket;
    private Stream? _stream;
    private long _begun;
    private TimeSpan _limit;
    private IPAddress[] _addresses = [];
    private bool _hasAnswered;

    /// <summary>The last answer; valid until the next request.</summary>
    public HttpAnswer Answer { get; } = new();

    /// <summary>Times a connection was made.</summary>
    public long Connects { get; private set; }

    /// <summary>Why the last request was not answered: the kind of failure, never any content.</summary>
    public string? Failure { get; private set; }

    /// <summary>Sends a request and reads its answer.</summary>
    public SendOutcome Send(ReadOnlySpan<byte> request)
    {
        if (!EnsureOpen())
        {
            return SendOutcome.NotSent;
        }

        try
        {
            StartDeadline(answerTimeout);
            _stream!.Write(request);
            Answer.Read(_stream);
            _hasAnswered = true;
            if (!Answer.KeepsAlive)
            {
                Close();
            }

            return SendOutcome.Answered;
        }
        catch (Exception e) when (e is IOException or InvalidDataException or SocketException)
        {
            Failure = e.GetType().Name;
            Close();
            return SendOutcome.Lost;
        }
    }

    public void Dispose() => Close();

    /// <summary>Makes the connection if there is none that still works.</summary>
    public bool EnsureOpen()
    {
        if (_socket is not null && !HasEnded(_socket))
        {
            return true;
        }

        Close();
        try
        {
            Open();
            return true;
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException
            or System.Security.Authentication.AuthenticationException)
        {
            Failure = e.GetType().Name;
            Close();
            return false;
        }
    }

    // Readable although nothing was asked: the peer has closed it, or says what nobody asked. Before the first answer
    // there may be session tickets of TLS 1.3, which are read with it.
    private bool HasEnded(Socket socket) =>
        socket.Poll(0, SelectMode.SelectRead) && (_hasAnswered || socket.Available == 0);

    private void Open()
    {
        using CancellationTokenSource timeout = new(connectTimeout);
        _socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        Resolve(timeout.Token);
        _socket.ConnectAsync(_addresses, rest.Port, timeout.Token).AsTask().GetAwaiter().GetResult();
        _socket.Blocking = false;
        _stream = new SocketStream(_socket, FeedReceiveMode.Blocking, ThrowIfLate);
        if (rest.Scheme == Uri.UriSchemeHttps)
        {
            SslStream secure = new(_stream);
            _stream = secure;
            StartDeadline(connectTimeout);
            secure.AuthenticateAsClient(new SslClientAuthenticationOptions { TargetHost = rest.Host });
        }

        Connects++;
        _hasAnswered = false;
    }

    private void StartDeadline(TimeSpan limit)
    {
        _begun = Stopwatch.GetTimestamp();
        _limit = limit;
    }

    // The deadline is for the whole exchange.
    private void ThrowIfLate()
    {
        if (Stopwatch.GetElapsedTime(_begun) > _limit)
        {
            throw new IOException("the answer did not come in time");
        }
    }

    // A name server that fails does not take away the address that worked before; TLS still proves the name.
    private void Resolve(CancellationToken cancel)
    {
        try
        {
            Task<IPAddress[]> asked = resolve is null
                ? Dns.GetHostAddressesAsync(rest.DnsSafeHost, cancel)
                : resolve(rest.DnsSafeHost, cancel);
            _addresses = asked.GetAwaiter().GetResult();
        }
        catch (SocketException) when (_addresses.Length > 0)
        {
        }
    }

    private void Close()
    {
        _stream?.Dispose();
        _socket?.Dispose();
        _stream = null;
        _socket = null;
    }
}
