namespace LowLatencyPortfolio.ExchangeSim.Rest;

internal enum ProtoKind
{
    Text,
    Flag,
    TextList,
    Message,
    MessageList,

    /// <summary>A whole number, written as a number or as a string of one.</summary>
    Count,
}
