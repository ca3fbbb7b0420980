using System.Text;
using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Exchanges.Coinbase;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Exchanges.Tests.Coinbase.Orders;

public sealed class AnswerTests
{
    private const string Success =
        """{"success":true,"failure_reason":"UNKNOWN_FAILURE_REASON","order_id":"52cfe5e2-0b29","success_response":{"order_id":"52cfe5e2-0b29","product_id":"BTC-USD","side":"SELL","client_order_id":"llp-e-1-1"},"order_configuration":null}""";

    [Fact]
    public void A_success_carries_the_venues_id()
    {
        OrderAnswer answer = Create(200, Success);
        Assert.Equal(AnswerKind.Accepted, answer.Kind);
        Assert.Equal("52cfe5e2-0b29", answer.OrderId.ToString());
        Assert.False(answer.IsOfAnother);
    }

    [Theory]
    [InlineData("BTC-USD", "ETH-USD", true)]
    [InlineData("SELL", "BUY", true)]
    [InlineData("llp-e-1-1", "llp-e-1-2", false)]
    public void A_success_about_another_order_is_noticed(string ours, string theirs, bool isIdTaken)
    {
        OrderAnswer answer = Create(200, Success.Replace(ours, theirs, StringComparison.Ordinal));
        Assert.Equal((true, isIdTaken), (answer.IsOfAnother, answer.IsIdTaken));
    }

    [Fact]
    public void Every_truncated_success_is_unknown()
    {
        for (int length = 0; length < Success.Length; length++)
        {
            Assert.Equal(AnswerKind.Unknown, Create(200, Success[..length]).Kind);
        }
    }

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"success\":\"true\"}")]
    [InlineData("{\"success\":null}")]
    [InlineData("<html>502</html>")]
    [InlineData("{\"success\":false}x")]
    public void What_cannot_be_read_is_unknown(string body) =>
        Assert.Equal(AnswerKind.Unknown, Create(200, body).Kind);

    [Theory]
    [InlineData(500, (int)AnswerKind.Unknown)]
    [InlineData(502, (int)AnswerKind.Unknown)]
    [InlineData(503, (int)AnswerKind.Unknown)]
    [InlineData(504, (int)AnswerKind.Unknown)]
    [InlineData(408, (int)AnswerKind.Unknown)]
    [InlineData(301, (int)AnswerKind.Unknown)]
    [InlineData(201, (int)AnswerKind.Unknown)]
    [InlineData(400, (int)AnswerKind.Refused)]
    [InlineData(401, (int)AnswerKind.NotAuthorized)]
    [InlineData(403, (int)AnswerKind.NotAuthorized)]
    [InlineData(429, (int)AnswerKind.Limited)]
    public void The_status_decides_before_the_body(int status, int expected) =>
        Assert.Equal((AnswerKind)expected, Create(status, "{\"error\":\"unknown\"}").Kind);

    [Theory]
    [InlineData("INSUFFICIENT_FUND", "", "PREVIEW_INSUFFICIENT_FUND", RejectReason.InsufficientFunds)]
    [InlineData("INSUFFICIENT_FUND", "", "", RejectReason.InsufficientFunds)]
    [InlineData(
        "UNKNOWN_FAILURE_REASON", "", "PREVIEW_STOP_PRICE_ABOVE_LAST_TRADE_PRICE", RejectReason.StopThroughMarket)]
    [InlineData("INVALID_PRICE_PRECISION", "", "PREVIEW_INVALID_PRICE_PRECISION", RejectReason.InvalidOrder)]
    [InlineData("UNKNOWN_FAILURE_REASON", "", "PREVIEW_INVALID_BASE_SIZE_TOO_SMALL", RejectReason.InvalidOrder)]
    [InlineData(
        "INVALID_REQUEST", "UNSUPPORTED_ORDER_CONFIGURATION", "PREVIEW_INSUFFICIENT_FUND", RejectReason.KindRefused)]
    [InlineData("INVALID_REQUEST", "UNKNOWN_FAILURE_REASON", "PREVIEW_INSUFFICIENT_FUND", RejectReason.InsufficientFunds)]
    [InlineData("PRODUCT_TRADING_HALTED", "", "UNKNOWN_PREVIEW_FAILURE_REASON", RejectReason.ProductState)]
    [InlineData("ORDER_ENTRY_DISABLED", "", "", RejectReason.ProductState)]
    [InlineData("SOMETHING_NEW", "", "", RejectReason.None)]
    [InlineData("UNKNOWN_FAILURE_REASON", "", "", RejectReason.None)]
    public void A_refusal_is_classified_by_its_most_telling_code(
        string error, string newOrder, string preview, RejectReason expected)
    {
        string body =
            $$$$"""{"success":false,"error_response":{"error":"{{{{error}}}}","message":"x","error_details":"","preview_failure_reason":"{{{{preview}}}}","new_order_failure_reason":"{{{{newOrder}}}}"},"order_configuration":{"a":{"b":[1,{}]}}}""";
        OrderAnswer answer = Create(200, body);
        Assert.Equal(AnswerKind.Refused, answer.Kind);
        Assert.Equal(expected, answer.Reason);
    }

    [Fact]
    public void A_duplicate_id_means_that_the_order_exists() => Assert.Equal(
        AnswerKind.Exists,
        Create(200, """{"success":false,"error_response":{"error":"DUPLICATE_CLIENT_ORDER_ID"}}""").Kind);

    [Theory]
    [InlineData("""{"results":[{"success":true,"failure_reason":"UNKNOWN_CANCEL_FAILURE_REASON","order_id":"x"}]}""", (int)AnswerKind.Accepted)]
    [InlineData("""{"results":[{"success":false,"failure_reason":"DUPLICATE_CANCEL_REQUEST","order_id":"x"}]}""", (int)AnswerKind.Accepted)]
    [InlineData("""{"results":[{"success":false,"failure_reason":"ORDER_IS_FULLY_FILLED","order_id":"x"}]}""", (int)AnswerKind.NotOpen)]
    [InlineData("""{"results":[{"failure_reason":"UNKNOWN_CANCEL_ORDER","success":false,"order_id":"x"}]}""", (int)AnswerKind.NotOpen)]
    [InlineData("""{"results":[{"success":false,"failure_reason":"NOT_ALLOWED_TO_CANCEL","order_id":"x"}]}""", (int)AnswerKind.Refused)]
    [InlineData("""{"results":[]}""", (int)AnswerKind.Unknown)]
    [InlineData("""{"results":[{"success":true""", (int)AnswerKind.Unknown)]
    public void Cancels_are_read_by_their_result(string body, int expected) =>
        Assert.Equal((AnswerKind)expected, ChangeAnswers.ReadCancel(200, Encoding.UTF8.GetBytes(body)).Kind);

    [Theory]
    [InlineData("EXCEEDED_MAX_ALLOWED_EDIT_REQUEST_COUNT", (int)AnswerKind.TooManyEdits)]
    [InlineData("CANNOT_EDIT_TRIGGERED_ORDER", (int)AnswerKind.Triggered)]
    [InlineData("CANNOT_EDIT_STOP_PRICE_FOR_TRIGGERED_ORDER", (int)AnswerKind.Triggered)]
    [InlineData("ONLY_LIMIT_ORDER_EDITS_SUPPORTED", (int)AnswerKind.EditUnsupported)]
    [InlineData("FIELD_STOPPRICE_NOT_SUPPORTED", (int)AnswerKind.EditUnsupported)]
    [InlineData("ORDER_EDIT_ORDER_TYPE_NOT_SUPPORTED", (int)AnswerKind.EditUnsupported)]
    [InlineData("ORDER_NOT_FOUND", (int)AnswerKind.NotOpen)]
    [InlineData("EDIT_REQUEST_EQUAL_TO_ORIGINAL_REQUEST", (int)AnswerKind.Same)]
    [InlineData("INVALID_EDITED_STOP_PRICE", (int)AnswerKind.Refused)]
    [InlineData("UNKNOWN_EDIT_ORDER_FAILURE_REASON", (int)AnswerKind.Refused)]
    public void Edits_are_read_by_their_first_code(string code, int expected)
    {
        string errors = $$"""[{"edit_failure_reason":"{{code}}","preview_failure_reason":"UNKNOWN_PREVIEW_FAILURE_REASON"}]""";
        Assert.Equal(
            (AnswerKind)expected, Edit($$"""{"success":false,"errors":{{errors}}}""", isPreview: false).Kind);
        Assert.Equal((AnswerKind)expected, Edit($$"""{"errors":{{errors}},"slippage":"0"}""", isPreview: true).Kind);
    }

    [Theory]
    [InlineData("STOP_PRICE_ABOVE_LAST_TRADE_PRICE", RejectReason.StopThroughMarket)]
    [InlineData("INVALID_STOP_PRICE_PRECISION", RejectReason.InvalidOrder)]
    [InlineData("PREVIEW_STOP_PRICE_ABOVE_LAST_TRADE_PRICE", RejectReason.StopThroughMarket)]
    public void An_edit_to_a_stop_that_the_market_has_passed_says_so(string second, RejectReason expected)
    {
        string errors =
            $$"""[{"edit_failure_reason":"INVALID_EDITED_STOP_PRICE","preview_failure_reason":"{{second}}"}]""";
        OrderAnswer answer = Edit($$"""{"success":false,"errors":{{errors}}}""", isPreview: false);
        Assert.Equal((AnswerKind.Refused, expected), (answer.Kind, answer.Reason));
    }

    [Theory]
    [InlineData(400, (int)AnswerKind.EditUnsupported)]
    [InlineData(404, (int)AnswerKind.EditUnsupported)]
    [InlineData(405, (int)AnswerKind.EditUnsupported)]
    [InlineData(403, (int)AnswerKind.NotAuthorized)]
    [InlineData(429, (int)AnswerKind.Limited)]
    [InlineData(500, (int)AnswerKind.Unknown)]
    public void A_status_that_refuses_the_call_means_that_there_are_no_edits(int status, int expected)
    {
        foreach (bool isPreview in (bool[])[true, false])
        {
            Assert.Equal((AnswerKind)expected, ChangeAnswers.ReadEdit(status, "{}"u8, isPreview).Kind);
        }
    }

    [Theory]
    [InlineData("""{"success":true,"errors":[]}""", false, (int)AnswerKind.Accepted)]
    [InlineData("""{"errors":[],"slippage":"0"}""", true, (int)AnswerKind.Accepted)]
    [InlineData("{}", false, (int)AnswerKind.Unknown)]
    [InlineData("""{"success":true,"err""", false, (int)AnswerKind.Unknown)]
    [InlineData("""{"errors":[""", true, (int)AnswerKind.Unknown)]
    public void An_edit_is_taken_only_when_it_says_so(string body, bool isPreview, int expected) =>
        Assert.Equal((AnswerKind)expected, Edit(body, isPreview).Kind);

    private static OrderAnswer Edit(string body, bool isPreview) =>
        ChangeAnswers.ReadEdit(200, Encoding.UTF8.GetBytes(body), isPreview);

    private static OrderAnswer Create(int status, string body) => CreateAnswers.Read(
        status, Encoding.UTF8.GetBytes(body), "BTC-USD"u8, "llp-e-1-1"u8, OrderSide.Sell);
}
