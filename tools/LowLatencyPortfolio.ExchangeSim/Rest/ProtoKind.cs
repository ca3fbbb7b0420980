namespace LowLatencyPortfolio.ExchangeSim.Rest;

internal enum ProtoKind
{
    Text,
    Flag,
    TextList,
    Message,

    /// <summary>A part of the protocol that the simulator refuses anyway, whatever stands in it.</summary>
    Anything,
}
