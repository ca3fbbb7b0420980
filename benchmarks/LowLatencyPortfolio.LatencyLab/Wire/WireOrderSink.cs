using System.Diagnostics;
using System.Security.Cryptography;
using LowLatencyPortfolio.Exchanges.Coinbase;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.LatencyLab;

/// <summary>
/// Patches each order into the request a Coinbase stop replacement sends and writes it to the socket, on the thread
/// that decided it; the report follows when the acknowledgement has come.
/// </summary>
/// <remarks>Thread: the pipeline's. Allocation: none an order.</remarks>
internal sealed class WireOrderSink : IOrderSink, IDisposable
{
    private readonly RawLine _line;
    private readonly CoinbaseCredentials _credentials;
    private readonly OrderTemplates _templates;
    private readonly SignedHead _head;
    private readonly RequestBuffer _request = new();
    private readonly RecordingVenue _venue = new();

    public WireOrderSink(RawLine line, PairSetup[] pairs)
    {
        const string Host = "api.coinbase.com";
        _line = line;
        // A key of this run's own: the token has the length of a real one and proves nothing to anybody.
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        string id = Guid.Empty.ToString();
        _credentials = CoinbaseCredentials.Create(
            $"organizations/{id}/apiKeys/{id}", key.ExportECPrivateKeyPem());
        _head = new SignedHead(
            new JwtSigner(_credentials, Host, TimeProvider.System), "POST", Host, SignedHeads.Prefix + "/orders");
        _templates = new OrderTemplates(pairs, new ClientOrderIds("wirelab", 1));
    }

    /// <summary>Whether orders go to the socket; until then they are answered only.</summary>
    public bool IsOnWire { get; set; }

    /// <summary>Orders that went to the socket.</summary>
    public long Orders { get; private set; }

    /// <summary>When the last order came here, clock ns.</summary>
    public long DecidedAt { get; private set; }

    /// <summary>When its bytes were written, clock ns.</summary>
    public long WrittenAt { get; private set; }

    /// <summary>The last request; valid until the next.</summary>
    public ReadOnlySpan<byte> LastRequest => _request.Written;

    public void Submit(in OrderCommand command)
    {
        if (IsOnWire)
        {
            DecidedAt = Stopwatch.GetTimestamp();
            _templates.Create(_request, _head, epoch: 1, in command, command.Quantity);
            _line.Send(_request.Written);
            WrittenAt = Stopwatch.GetTimestamp();
            Orders++;
        }

        _venue.Submit(in command);
    }

    /// <summary>What the venue reports of the orders so far.</summary>
    public bool TryTakeReport(out TradingEvent report) => _venue.TryTakeAnswer(out report);

    public void Dispose() => _credentials.Dispose();
}
