using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace LowLatencyPortfolio.Exchanges.Coinbase.Feed;

/// <summary>Makes the stream to an address: name, TCP, TLS.</summary>
/// <remarks>
/// Thread: one. Addresses of the last successful name look-up are kept for when the name service fails; the certificate
/// must bear the name all the same.
/// </remarks>
internal sealed class Dialer(CoinbaseFeedOptions options, Action onIdle)
{
    private const int PollMicroseconds = 50_000;
    private IPAddress[] _lastAddresses = [];

    /// <exception cref="IOException">No connection to any address.</exception>
    /// <exception cref="AuthenticationException">TLS was refused by either side.</exception>
    public Stream Dial()
    {
        Uri address = options.Address;
        Stream stream = new SocketStream(Connect(address), options.ReceiveMode, onIdle);
        return address.Scheme == "wss" ? Secure(stream, address.IdnHost) : stream;
    }

    private Socket Connect(Uri address)
    {
        SocketError last = SocketError.HostNotFound;
        foreach (IPAddress candidate in Resolve(address))
        {
            Socket socket = new(candidate.AddressFamily, SocketType.Stream, ProtocolType.Tcp)
            {
                Blocking = false,
                NoDelay = true,
            };
            last = TryConnect(socket, new IPEndPoint(candidate, address.Port));
            if (last == SocketError.Success)
            {
                socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
                return socket;
            }

            socket.Dispose();
        }

        throw new IOException($"no connection to {address.Host}:{address.Port}: {last}");
    }

    private IPAddress[] Resolve(Uri address)
    {
        try
        {
            _lastAddresses = Dns.GetHostAddresses(address.DnsSafeHost);
        }
        catch (SocketException e) when (_lastAddresses.Length == 0)
        {
            throw new IOException($"no address of {address.Host}: {e.SocketErrorCode}", e);
        }
        catch (SocketException)
        {
            // The addresses of last time are tried.
        }

        return _lastAddresses;
    }

    private SocketError TryConnect(Socket socket, IPEndPoint endpoint)
    {
        try
        {
            socket.Connect(endpoint);
            return SocketError.Success;
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.WouldBlock or SocketError.InProgress)
        {
            try
            {
                while (!socket.Poll(PollMicroseconds, SelectMode.SelectWrite))
                {
                    onIdle();
                }
            }
            catch
            {
                socket.Dispose();
                throw;
            }

            return (SocketError)(int)socket.GetSocketOption(SocketOptionLevel.Socket, SocketOptionName.Error)!;
        }
        catch (SocketException e)
        {
            return e.SocketErrorCode;
        }
    }

    private SslStream Secure(Stream stream, string host)
    {
        SslStream secure = new(stream, leaveInnerStreamOpen: false);
        SslClientAuthenticationOptions tls = new()
        {
            TargetHost = host,
            EnabledSslProtocols = SslProtocols.None,        // whatever the machine's policy holds to be safe
        };
        if (options.TrustedRoots is { } roots)
        {
            tls.CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                RevocationMode = X509RevocationMode.NoCheck,
            };
            tls.CertificateChainPolicy.CustomTrustStore.AddRange(roots);
        }

        try
        {
            secure.AuthenticateAsClient(tls);
            return secure;
        }
        catch
        {
            secure.Dispose();
            throw;
        }
    }
}
