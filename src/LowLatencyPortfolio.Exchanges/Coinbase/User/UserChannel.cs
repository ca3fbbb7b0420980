using System.Net.WebSockets;
using System.Text;

namespace LowLatencyPortfolio.Exchanges.Coinbase;

/// <summary>The account's own orders as the venue streams them, on a thread of its own; reconnects for ever.</summary>
/// <remarks>
/// While it is down or a message is missing, the engine takes no entries and the venue is asked instead. Waits between
/// attempts double from 250 ms to 30 s, with jitter.
/// </remarks>
internal sealed class UserChannel
{
    private const int MaxMessageBytes = 4 * 1024 * 1024;
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    private readonly OrderDesk _desk;
    private readonly JwtSigner _signer;
    private readonly RestReconciler _reconciler;
    private readonly WorkerSignals _signals;
    private readonly CoinbaseGatewayOptions _options;
    private readonly Thread _thread;
    private byte[] _buffer = new byte[64 * 1024];

    public UserChannel(
        OrderDesk desk, JwtSigner signer, RestReconciler reconciler, WorkerSignals signals,
        CoinbaseGatewayOptions options)
    {
        _desk = desk;
        _signer = signer;
        _reconciler = reconciler;
        _signals = signals;
        _options = options;
        _thread = new Thread(Run) { Name = "llp coinbase user channel", IsBackground = true };
    }

    public void Start() => _thread.Start();

    public void Join(TimeSpan atMost) => _ = _thread.Join(atMost);

    private void Run()
    {
        try
        {
            TimeSpan wait = FirstWait;
            while (!_signals.IsStopped)
            {
                bool wasUp = Follow();
                SetUp(false);
                wait = wasUp ? FirstWait : wait * 2 < LongestWait ? wait * 2 : LongestWait;
                _ = _signals.Stopping.WaitHandle.WaitOne(wait * (0.5 + (Random.Shared.NextDouble() / 2)));
            }
        }
        catch (Exception e) when (!_signals.IsStopped)
        {
            _signals.Fail(e);
        }
        catch (Exception) when (_signals.IsStopped)
        {
            // Ended while it was being stopped.
        }
    }

    // One connection, from its making to its end.
    private bool Follow()
    {
        using ClientWebSocket socket = new();
        UserMessages messages = new(_desk, _options.Time);
        bool wasUp = false;
        try
        {
            using CancellationTokenSource connecting =
                CancellationTokenSource.CreateLinkedTokenSource(_signals.Stopping);
            connecting.CancelAfter(_options.ConnectTimeout);
            socket.ConnectAsync(_options.Endpoints.UserWebSocket, connecting.Token).GetAwaiter().GetResult();
            _desk.With(state => state.Counts.UserConnects++);
            Subscribe(socket, "heartbeats", connecting.Token);
            Subscribe(socket, "user", connecting.Token);
            while (!_signals.IsStopped && !messages.IsRefused && Receive(socket, out int length))
            {
                messages.Take(_buffer.AsMemory(0, length));
                wasUp = FollowState(messages, wasUp);
            }
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or IOException
            or InvalidDataException or InvalidOperationException)
        {
            // Down, silent or stopped: the caller says so and begins again.
        }

        return wasUp;
    }

    private bool FollowState(UserMessages messages, bool wasUp)
    {
        if (messages.IsUp && (!wasUp || messages.IsIncomplete))
        {
            messages.IsIncomplete = false;
            SetUp(false);
            _reconciler.RequestAll();       // first: a look that had begun before must not be taken for one after
            SetUp(true);
        }

        if (_desk.HasReports)
        {
            _signals.WakeEngine();
        }

        _signals.WakeAll();      // what was seen may let something leave
        return messages.IsUp;
    }

    private void SetUp(bool isUp)
    {
        _desk.With(state => state.Health.SetUser(isUp, Clock.NowNs(_options.Time)));
        if (_desk.HasReports)
        {
            _signals.WakeEngine();
        }
    }

    private void Subscribe(ClientWebSocket socket, string channel, CancellationToken cancel)
    {
        string token = Encoding.ASCII.GetString(_signer.ForSocket());
        byte[] message = Encoding.ASCII.GetBytes(
            $$"""{"type":"subscribe","channel":"{{channel}}","jwt":"{{token}}"}""");
        socket.SendAsync(message, WebSocketMessageType.Text, endOfMessage: true, cancel).GetAwaiter().GetResult();
    }

    private bool Receive(ClientWebSocket socket, out int length)
    {
        length = 0;
        using CancellationTokenSource silence = CancellationTokenSource.CreateLinkedTokenSource(_signals.Stopping);
        silence.CancelAfter(_options.UserSilence);
        while (true)
        {
            if (length == _buffer.Length)
            {
                if (length >= MaxMessageBytes)
                {
                    throw new InvalidDataException("a message of the user channel is too long");
                }

                Array.Resize(ref _buffer, _buffer.Length * 4);
            }

            ValueWebSocketReceiveResult part =
                socket.ReceiveAsync(_buffer.AsMemory(length), silence.Token).AsTask().GetAwaiter().GetResult();
            length += part.Count;
            if (part.MessageType == WebSocketMessageType.Close)
            {
                return false;
            }

            if (part.EndOfMessage)
            {
                return true;
            }
        }
    }
}
