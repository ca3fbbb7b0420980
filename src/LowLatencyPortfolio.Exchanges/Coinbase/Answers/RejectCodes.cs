using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Exchanges.Coinbase;

/// <summary>The venue's failure codes and what they mean to the engine.</summary>
/// <remarks>
/// Thread: any. Allocation: none. Source: Advanced Trade, create order: new_order_failure_reason,
/// preview_failure_reason, error, in this order; <c>PREVIEW_</c> before a code changes nothing.
/// </remarks>
internal static class RejectCodes
{
    private static readonly (byte[] Code, RejectReason Reason)[] Table =
    [
        .. Codes(
            RejectReason.StopThroughMarket,
            "STOP_PRICE_ABOVE_LAST_TRADE_PRICE", "STOP_ALREADY_TRIGGERED", "STOP_LOSS_PRICE_TOO_HIGH"),
        .. Codes(
            RejectReason.InsufficientFunds,
            "INSUFFICIENT_FUND", "INSUFFICIENT_FUNDS", "INSUFFICIENT_LEDGER_BALANCE", "INVALID_LEDGER_BALANCE",
            "REJECT_REASON_INSUFFICIENT_FUNDS", "HOLD_FAILURE"),
        .. Codes(
            RejectReason.ProductState,
            "ORDER_ENTRY_DISABLED", "INELIGIBLE_PAIR", "UNTRADABLE_PRODUCT", "PRODUCT_TRADING_HALTED",
            "TRADING_DISABLED", "NOT_ALLOWED_BY_MARKET_STATE", "INVALID_NO_LIQUIDITY", "MISSING_MARKET_TRADE_DATA",
            "MISSING_PRODUCT_PRICE_BOOK", "CLOSE_ONLY_FAILURE", "GEOFENCING_RESTRICTION",
            "INVALID_LIMIT_PRICE_POST_ONLY"),
        .. Codes(RejectReason.KindRefused, "UNSUPPORTED_ORDER_CONFIGURATION", "INVALID_ORDER_CONFIG"),
        .. Codes(RejectReason.RateLimited, "RATE_LIMIT_EXCEEDED", "TOO_MANY_OPEN_ORDERS"),
        .. Codes(
            RejectReason.OrderIsDone,
            "ORDER_IS_FULLY_FILLED", "ONLY_OPEN_ORDERS_CAN_BE_EDITED", "ORDER_NOT_FOUND", "UNKNOWN_CANCEL_ORDER",
            "ORDER_IS_PENDING_CANCEL", "CANNOT_EDIT_ORDER_PENDING_CANCEL", "CANNOT_EDIT_TRIGGERED_ORDER"),
        .. Codes(
            RejectReason.InvalidOrder,
            "INVALID_SIDE", "INVALID_PRODUCT_ID", "INVALID_SIZE_PRECISION", "INVALID_PRICE_PRECISION",
            "INVALID_LIMIT_PRICE", "INVALID_REQUEST", "INVALID_STOP_PRICE",
            "INVALID_STOP_PRICE_PRECISION", "INVALID_BASE_SIZE_TOO_LARGE", "INVALID_BASE_SIZE_TOO_SMALL",
            "INVALID_QUOTE_SIZE_PRECISION", "INVALID_QUOTE_SIZE_TOO_LARGE", "INVALID_QUOTE_SIZE_TOO_SMALL",
            "INVALID_PRICE_TOO_LARGE", "BREACHED_PRICE_LIMIT", "BREACHED_RISK_LIMIT", "STOP_PRICE_ABOVE_LIMIT_PRICE",
            "STOP_PRICE_BELOW_LIMIT_PRICE", "STOP_PRICE_BELOW_LAST_TRADE_PRICE", "STOP_LOSS_PRICE_TOO_LOW",
            "STOP_TRIGGER_PRICE_OUT_OF_BOUNDS", "LIMIT_PRICE_TOO_FAR_FROM_MARKET", "INVALID_EDITED_SIZE",
            "INVALID_EDITED_PRICE", "INVALID_EDITED_STOP_PRICE", "INVALID_EDITED_STOP_LIMIT_PRICE",
            "CANNOT_EDIT_TO_BELOW_FILLED_SIZE", "LIMIT_ORDER_PRICE_EXCEEDS_PRICE_BAND_ON_BUY",
            "LIMIT_ORDER_PRICE_EXCEEDS_PRICE_BAND_ON_SELL"),
    ];

    private static readonly (byte[] Code, AnswerKind Kind)[] Edits =
    [
        .. Kinds(
            AnswerKind.EditUnsupported,
            "ONLY_LIMIT_ORDER_EDITS_SUPPORTED", "FIELD_STOPPRICE_NOT_SUPPORTED", "STRATEGY_NOT_SUPPORTED",
            "ORDER_EDIT_ORDER_TYPE_NOT_SUPPORTED", "PORTFOLIO_NOT_ALLOWED_FOR_EDITS", "REPLACE_NOT_SUPPORTED",
            "SIZE_IN_QUOTE_EDITS_NOT_ALLOWED"),
        .. Kinds(AnswerKind.TooManyEdits, "EXCEEDED_MAX_ALLOWED_EDIT_REQUEST_COUNT", "TOO_MANY_PENDING_REPLACES"),
        .. Kinds(
            AnswerKind.Triggered,
            "CANNOT_EDIT_TRIGGERED_ORDER", "CANNOT_EDIT_STOP_PRICE_FOR_TRIGGERED_ORDER"),
        .. Kinds(AnswerKind.Same, "EDIT_REQUEST_EQUAL_TO_ORIGINAL_REQUEST"),
        .. Kinds(
            AnswerKind.NotOpen,
            "ORDER_NOT_FOUND", "ONLY_OPEN_ORDERS_CAN_BE_EDITED", "CANNOT_EDIT_ORDER_PENDING_CANCEL",
            "ORDER_IS_ALREADY_BEING_REPLACED", "ORDER_IS_FULLY_FILLED", "CALLER_ID_MISMATCH"),
    ];

    /// <summary>Whether a code says anything: the venue writes UNKNOWN_… where it has nothing to say.</summary>
    public static bool SaysSomething(ReadOnlySpan<byte> code) =>
        !code.IsEmpty && !code.StartsWith("UNKNOWN_FAILURE"u8) && !code.StartsWith("UNKNOWN_PREVIEW"u8)
        && !code.StartsWith("UNKNOWN_EDIT"u8) && !code.SequenceEqual("REJECT_REASON_UNSPECIFIED"u8);

    /// <summary>Whether a preview's code forbids this kind of order, not just this one.</summary>
    public static bool RefusesKind(string code) =>
        code is "UNSUPPORTED_ORDER_CONFIGURATION" or "PREVIEW_UNSUPPORTED_ORDER_CONFIGURATION"
            or "INVALID_ORDER_CONFIG" or "PREVIEW_INVALID_ORDER_CONFIG";

    /// <summary>What a code means to an order; <see cref="RejectReason.None"/> for one that is not known.</summary>
    public static RejectReason ReasonOf(ReadOnlySpan<byte> code)
    {
        code = Bare(code);
        foreach ((byte[] known, RejectReason reason) in Table)
        {
            if (code.SequenceEqual(known))
            {
                return reason;
            }
        }

        return RejectReason.None;
    }

    /// <summary>
    /// What a code means to an edit; <see cref="AnswerKind.Refused"/> for all that forbid this one only.
    /// </summary>
    public static AnswerKind EditKindOf(ReadOnlySpan<byte> code)
    {
        code = Bare(code);
        foreach ((byte[] known, AnswerKind kind) in Edits)
        {
            if (code.SequenceEqual(known))
            {
                return kind;
            }
        }

        return AnswerKind.Refused;
    }

    private static ReadOnlySpan<byte> Bare(ReadOnlySpan<byte> code) =>
        code.StartsWith("PREVIEW_"u8) ? code["PREVIEW_".Length..] : code;

    private static IEnumerable<(byte[], RejectReason)> Codes(RejectReason reason, params string[] codes) =>
        codes.Select(code => (System.Text.Encoding.ASCII.GetBytes(code), reason));

    private static IEnumerable<(byte[], AnswerKind)> Kinds(AnswerKind kind, params string[] codes) =>
        codes.Select(code => (System.Text.Encoding.ASCII.GetBytes(code), kind));
}
