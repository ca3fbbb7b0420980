using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;

namespace LowLatencyPortfolio.CrashHost;

/// <summary>
/// A piece of network between this process and the venue's REST port, inside this process, so that what was written
/// and not sent, and what was answered and not read, dies with it.
/// </summary>
internal sealed class RestRelay(CrashPlan plan) : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private IPEndPoint? _venue;

    /// <summary>Stands between from now on.</summary>
    /// <param name="endpointsFile">What llp takes.</param>
    /// <returns>A file that says the same but for the address of REST.</returns>
    public string Stand(string endpointsFile)
    {
        JsonObject endpoints = JsonNode.Parse(File.ReadAllText(endpointsFile))!.AsObject();
        _venue = new IPEndPoint(IPAddress.Loopback, new Uri(endpoints["rest"]!.GetValue<string>()).Port);
        _listener.Start();
        endpoints["rest"] = $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";
        string file = Path.ChangeExtension(endpointsFile, ".relay.json");
        File.WriteAllText(file, endpoints.ToJsonString());
        _ = Task.Run(AcceptAsync);
        return file;
    }

    public void Dispose() => _listener.Dispose();

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                Socket client = await _listener.AcceptSocketAsync().ConfigureAwait(false);
                _ = Task.Run(() => ServeAsync(client));
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The program ends.
        }
    }

    private async Task ServeAsync(Socket client)
    {
        using Socket venue = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        client.NoDelay = true;
        RelayedRequest request = new(plan);
        try
        {
            await venue.ConnectAsync(_venue!).ConfigureAwait(false);
            await Task.WhenAny(
                PumpAsync(client, venue, request.OnSentAsync), PumpAsync(venue, client, request.OnAnsweredAsync))
                .ConfigureAwait(false);
        }
        catch (SocketException)
        {
            // One side is gone; so is the other below.
        }
        finally
        {
            client.Dispose();
        }
    }

    private static async Task PumpAsync(Socket from, Socket to, Func<Memory<byte>, Socket, Task> pass)
    {
        byte[] buffer = new byte[64 * 1024];
        try
        {
            int count;
            while ((count = await from.ReceiveAsync(buffer).ConfigureAwait(false)) > 0)
            {
                await pass(buffer.AsMemory(0, count), to).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The other direction sees it too.
        }
    }
}
