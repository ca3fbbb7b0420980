namespace LowLatencyPortfolio.Exchange.Simulation.Tests;

/// <summary>An exchange whose key is Ed25519, in a file such as Coinbase hands out with such keys.</summary>
public sealed class Ed25519ExchangeProcess : ExchangeProcess
{
    protected override string KeyKind => "ed25519";
}
