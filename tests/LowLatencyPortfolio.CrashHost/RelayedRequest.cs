using System.Net.Sockets;
using System.Text;

namespace LowLatencyPortfolio.CrashHost;

/// <summary>The request under way on one connection, and the points that lie on its way.</summary>
/// <remarks>A request of the gateway is one write of less than a read, so what is read is a whole one.</remarks>
internal sealed class RelayedRequest(CrashPlan plan)
{
    private const string Create = "POST /api/v3/brokerage/orders HTTP";
    private const string Cancel = "POST /api/v3/brokerage/orders/batch_cancel HTTP";
    private const string Edit = "POST /api/v3/brokerage/orders/edit HTTP";

    // Shared: the connections take turns.
    private static int s_stops;
    private string _request = string.Empty;

    /// <summary>The engine has written a request.</summary>
    public async Task OnSentAsync(Memory<byte> bytes, Socket venue)
    {
        _request = Encoding.ASCII.GetString(bytes.Span);
        bool isEntry = Is(Create) && Holds("\"BUY\"");
        bool isStop = Is(Create) && Holds("stop_limit_stop_limit_gtc");
        bool isSale = IsSale();
        bool isSecondStop = isStop && Interlocked.Increment(ref s_stops) == 2;
        if (isEntry && plan.Is("06"))
        {
            _ = await venue.SendAsync(bytes[..(bytes.Length / 2)]).ConfigureAwait(false);
            plan.At("06");
        }

        plan.At("07", isEntry);
        plan.At("22", isSecondStop);
        _ = await venue.SendAsync(bytes).ConfigureAwait(false);
        plan.At("18", isStop);
        plan.At("20", Is(Cancel));
        plan.At("18 reduce", isSale);
        plan.At("20 edit", Is(Edit));
        plan.At("20 reduce", Is(Edit));
        _isSecondStop = isSecondStop;
    }

    private bool _isSecondStop;

    /// <summary>The venue has answered.</summary>
    public async Task OnAnsweredAsync(Memory<byte> bytes, Socket engine)
    {
        plan.At("08", Is(Create) && Holds("\"BUY\""));
        plan.At("08 reduce", IsSale());
        plan.At("21", Is(Cancel));
        plan.At("21 reduce", Is(Cancel));
        plan.At("23", _isSecondStop);
        plan.At("23 rest", _isSecondStop);
        plan.At("23 edit", Is(Edit));
        plan.At("23 reduce", Is(Edit));
        _ = await engine.SendAsync(bytes).ConfigureAwait(false);
    }

    private bool IsSale() => Is(Create) && Holds("\"SELL\"") && Holds("market_market_ioc");

    private bool Is(string line) => _request.StartsWith(line, StringComparison.Ordinal);

    private bool Holds(string text) => _request.Contains(text, StringComparison.Ordinal);
}
