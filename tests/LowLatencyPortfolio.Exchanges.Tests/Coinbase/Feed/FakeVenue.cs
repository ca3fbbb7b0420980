using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using LowLatencyPortfolio.Exchanges.Coinbase.Feed;

namespace LowLatencyPortfolio.Exchanges.Tests.Coinbase.Feed;

/// <summary>A WebSocket server on loopback that does what a test tells it, byte by byte.</summary>
internal sealed class FakeVenue : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly BlockingCollection<VenueClient> _clients = [];
    private readonly ConcurrentBag<IDisposable> _open = [];
    private readonly X509Certificate2? _certificate;
    private readonly Queue<string> _refusals = [];

    public FakeVenue(X509Certificate2? certificate = null, params string[] refusals)
    {
        _certificate = certificate;
        foreach (string refusal in refusals)
        {
            _refusals.Enqueue(refusal);
        }

        _listener.Start();
        new Thread(Accept) { IsBackground = true, Name = "fake venue" }.Start();
    }

    public Uri Address =>
        new($"{(_certificate is null ? "ws" : "wss")}://localhost:{((IPEndPoint)_listener.LocalEndpoint).Port}/");

    /// <summary>A feed's options for this server, with the patience that a slow machine needs.</summary>
    public CoinbaseFeedOptions Options => new()
    {
        Endpoint = Address,
        HeartbeatTimeout = TimeSpan.FromDays(1),
        SubscribeTimeout = TimeSpan.FromDays(1),
        ConnectTimeout = TimeSpan.FromDays(1),
        Random = new NoJitter(),
    };

    /// <summary>The next client that completed its upgrade.</summary>
    public VenueClient Next()
    {
        Assert.True(_clients.TryTake(out VenueClient? client, Deadline), "no client connected within 30 s");
        return client;
    }

    public void Dispose()
    {
        _listener.Dispose();
        foreach (IDisposable open in _open)
        {
            open.Dispose();
        }
    }

    private void Accept()
    {
        while (true)
        {
            try
            {
                TcpClient tcp = _listener.AcceptTcpClient();
                _open.Add(tcp);
                tcp.NoDelay = true;
                Greet(tcp);
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException or InvalidOperationException)
            {
                return;     // disposed
            }
        }
    }

    private void Greet(TcpClient tcp)
    {
        try
        {
            Stream stream = tcp.GetStream();
            if (_certificate is not null)
            {
                SslStream secure = new(stream);
                secure.AuthenticateAsServer(_certificate);
                stream = secure;
            }

            VenueClient client = new(tcp, stream);
            if (_refusals.TryDequeue(out string? refusal))
            {
                client.Refuse(refusal);
                return;
            }

            client.Accept();
            _clients.Add(client);
        }
        catch (Exception e) when (e is IOException or System.Security.Authentication.AuthenticationException)
        {
            tcp.Dispose();      // the client did not like us
        }
    }
}
