using System.Globalization;

namespace LowLatencyPortfolio.ExchangeSim.Rest;

/// <summary>How values are spelled on the wire; REST and the user channel differ only in the order type.</summary>
public static class WireText
{
    /// <summary>The shortest exact decimal: no exponent, no trailing zeros.</summary>
    public static string Number(decimal value) =>
        value.ToString("0.############################", CultureInfo.InvariantCulture);

    /// <summary>
    /// Plain decimal digits with at most one point, as the venue takes them; no sign, blank or exponent.
    /// </summary>
    public static bool TryNumber(string text, out decimal value)
    {
        value = 0;
        bool isPlain = text.Length is > 0 and <= 40 && text.All(c => char.IsAsciiDigit(c) || c == '.')
            && char.IsAsciiDigit(text[0]) && char.IsAsciiDigit(text[^1]);
        return isPlain && decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture,
            out value);
    }

    public static string Side(OrderSide side) => side == OrderSide.Buy ? "BUY" : "SELL";

    public static string Status(OrderStatus status) => status switch
    {
        OrderStatus.Pending => "PENDING",
        OrderStatus.Open => "OPEN",
        OrderStatus.CancelQueued => "CANCEL_QUEUED",
        OrderStatus.EditQueued => "EDIT_QUEUED",
        OrderStatus.Filled => "FILLED",
        OrderStatus.Cancelled => "CANCELLED",
        OrderStatus.Expired => "EXPIRED",
        _ => "FAILED",
    };

    public static string Trigger(TriggerStatus status) => status switch
    {
        TriggerStatus.NotAStop => "INVALID_ORDER_TYPE",
        TriggerStatus.StopPending => "STOP_PENDING",
        _ => "STOP_TRIGGERED",
    };

    public static string TimeInForce(OrderTerms terms) => terms switch
    {
        { IsGoodTillDate: true } => "GOOD_UNTIL_DATE_TIME",
        { Kind: OrderKind.MarketIoc or OrderKind.SorLimitIoc } => "IMMEDIATE_OR_CANCEL",
        { Kind: OrderKind.LimitFok } => "FILL_OR_KILL",
        _ => "GOOD_UNTIL_CANCELLED",
    };

    /// <summary>The order type as REST spells it.</summary>
    public static string OrderType(OrderTerms terms) => terms switch
    {
        { IsMarket: true } => "MARKET",
        { IsStop: true } => "STOP_LIMIT",
        { IsBracket: true } => "BRACKET",
        { Kind: OrderKind.TwapLimitGtd } => "TWAP",
        { Kind: OrderKind.ScaledLimitGtc } => "SCALED",
        _ => "LIMIT",
    };

    /// <summary>Protojson's form of a duration: seconds with an s behind.</summary>
    public static string Duration(long ns) => $"{Number(ns / 1_000_000_000m)}s";

    public static string Direction(StopDirection direction) =>
        direction == StopDirection.Down ? "STOP_DIRECTION_STOP_DOWN" : "STOP_DIRECTION_STOP_UP";
}
