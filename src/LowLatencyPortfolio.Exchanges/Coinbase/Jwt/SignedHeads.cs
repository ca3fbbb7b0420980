namespace LowLatencyPortfolio.Exchanges.Coinbase;

/// <summary>The heads of all requests of the order path, signed ahead and rotated by a timer.</summary>
internal sealed class SignedHeads : IDisposable
{
    /// <summary>Path of the brokerage API.</summary>
    public const string Prefix = "/api/v3/brokerage";

    // A third of a token's life: a timer that comes late once, or a clock that jumps, still leaves a valid token.
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(JwtSigner.LifeSeconds / 3);

    private readonly ITimer _timer;
    private readonly Action<Exception> _onFault;
    private volatile bool _isDisposed;

    /// <param name="signer">Signs.</param>
    /// <param name="rest">Origin of the requests.</param>
    /// <param name="time">Whose timer rotates.</param>
    /// <param name="onFault">Told when a token could not be made; an exception of a timer would end the
    /// process.</param>
    public SignedHeads(JwtSigner signer, Uri rest, TimeProvider time, Action<Exception> onFault)
    {
        _onFault = onFault;
        Create = new SignedHead(signer, "POST", rest.Authority, Prefix + "/orders");
        Cancel = new SignedHead(signer, "POST", rest.Authority, Prefix + "/orders/batch_cancel");
        Edit = new SignedHead(signer, "POST", rest.Authority, Prefix + "/orders/edit");
        EditPreview = new SignedHead(signer, "POST", rest.Authority, Prefix + "/orders/edit_preview");
        KeepWarm = new SignedHead(null, "GET", rest.Authority, Prefix + "/time");
        _timer = time.CreateTimer(_ => Rotate(), null, Period, Period);
    }

    public SignedHead Create { get; }

    public SignedHead Cancel { get; }

    public SignedHead Edit { get; }

    public SignedHead EditPreview { get; }

    /// <summary>A public request that keeps a connection from being closed as idle.</summary>
    public SignedHead KeepWarm { get; }

    public void Dispose()
    {
        _isDisposed = true;
        _timer.Dispose();
    }

    private void Rotate()
    {
        try
        {
            foreach (SignedHead head in (ReadOnlySpan<SignedHead>)[Create, Cancel, Edit, EditPreview])
            {
                head.Rotate();
            }
        }
        catch (Exception e)
        {
            if (!_isDisposed)       // the key may be gone by now
            {
                _onFault(e);
            }
        }
    }
}
