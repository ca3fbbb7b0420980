using System.Text;
using System.Text.Json;
using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Exchanges.Coinbase;

/// <summary>Reads the answer to a new order.</summary>
/// <remarks>
/// Thread: any. Allocation: none for an answer that can be read. A body that is not the JSON expected is <see
/// cref="AnswerKind.Unknown"/>: the order may be there. Source: Advanced Trade, create order.
/// </remarks>
internal static class CreateAnswers
{
    /// <param name="status">Status of the answer.</param>
    /// <param name="body">Its body.</param>
    /// <param name="productId">The product asked for, UTF-8.</param>
    /// <param name="clientId">The client order id asked for, UTF-8.</param>
    /// <param name="side">The side asked for.</param>
    public static OrderAnswer Read(
        int status, ReadOnlySpan<byte> body, ReadOnlySpan<byte> productId, ReadOnlySpan<byte> clientId, OrderSide side)
    {
        AnswerKind kind = AnswerStatus.Of(status);
        if (kind != AnswerKind.Accepted)
        {
            RejectReason reason = kind == AnswerKind.Refused ? RejectReason.InvalidOrder : RejectReason.None;
            return new OrderAnswer { Kind = kind, Reason = reason, RetryAfter = -1 };
        }

        Reading reading = new(productId, clientId, side);
        try
        {
            reading.Read(body);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return new OrderAnswer { Kind = AnswerKind.Unknown, RetryAfter = -1 };
        }

        return reading.Answer();
    }

    private ref struct Reading(ReadOnlySpan<byte> productId, ReadOnlySpan<byte> clientId, OrderSide side)
    {
        private readonly ReadOnlySpan<byte> _productId = productId;
        private readonly ReadOnlySpan<byte> _clientId = clientId;
        private readonly OrderSide _side = side;
        private bool? _isSuccess;
        private VenueOrderId _id;
        private bool _isOfAnother;
        private bool _isUnderOurId;
        private RejectReason _newOrder;
        private RejectReason _preview;
        private RejectReason _error;
        private bool _hasNewOrder;
        private bool _hasPreview;
        private bool _isDuplicate;

        public void Read(ReadOnlySpan<byte> body)
        {
            Utf8JsonReader json = new(body);
            Require(json.Read() && json.TokenType == JsonTokenType.StartObject);
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                if (json.ValueTextEquals("success"u8))
                {
                    _ = json.Read();
                    _isSuccess = json.GetBoolean();
                }
                else if (json.ValueTextEquals("success_response"u8))
                {
                    ReadSuccess(ref json);
                }
                else if (json.ValueTextEquals("error_response"u8))
                {
                    ReadError(ref json);
                }
                else
                {
                    json.Skip();
                }
            }

            Require(json.TokenType == JsonTokenType.EndObject && !json.Read());
        }

        public readonly OrderAnswer Answer()
        {
            OrderAnswer answer = new()
            {
                RetryAfter = -1,
                OrderId = _id,
                IsOfAnother = _isOfAnother,
                IsIdTaken = _isOfAnother && _isUnderOurId,
            };
            if (_isSuccess == true)
            {
                answer.Kind = _id.IsEmpty ? AnswerKind.Exists : AnswerKind.Accepted;
            }
            else if (_isSuccess == false)
            {
                answer.Kind = _isDuplicate ? AnswerKind.Exists : AnswerKind.Refused;
                answer.Reason = _hasNewOrder ? _newOrder : _hasPreview ? _preview : _error;
            }

            return answer;
        }

        private void ReadSuccess(ref Utf8JsonReader json)
        {
            if (!EnterObject(ref json))
            {
                return;
            }

            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                if (json.ValueTextEquals("order_id"u8))
                {
                    _ = json.Read();
                    Require(!json.ValueIsEscaped && !json.HasValueSequence);
                    _ = VenueOrderId.TryParse(json.ValueSpan, out _id);
                }
                else if (json.ValueTextEquals("product_id"u8))
                {
                    _ = json.Read();
                    _isOfAnother |= !json.ValueTextEquals(_productId)
                        && !ProductAlias.IsSame(json.GetString()!, Encoding.UTF8.GetString(_productId));
                }
                else if (json.ValueTextEquals("client_order_id"u8))
                {
                    _ = json.Read();
                    _isUnderOurId = json.ValueTextEquals(_clientId);
                    _isOfAnother |= !_isUnderOurId;
                }
                else if (json.ValueTextEquals("side"u8))
                {
                    _ = json.Read();
                    _isOfAnother |= !json.ValueTextEquals(_side == OrderSide.Buy ? "BUY"u8 : "SELL"u8);
                }
                else
                {
                    json.Skip();
                }
            }
        }

        private void ReadError(ref Utf8JsonReader json)
        {
            if (!EnterObject(ref json))
            {
                return;
            }

            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                bool isNewOrder = json.ValueTextEquals("new_order_failure_reason"u8);
                bool isPreview = json.ValueTextEquals("preview_failure_reason"u8);
                bool isError = json.ValueTextEquals("error"u8);
                _ = json.Read();
                if (!(isNewOrder || isPreview || isError) || json.TokenType != JsonTokenType.String
                    || !RejectCodes.SaysSomething(json.ValueSpan))
                {
                    json.Skip();
                    continue;
                }

                RejectReason reason = RejectCodes.ReasonOf(json.ValueSpan);
                _isDuplicate |= json.ValueTextEquals("DUPLICATE_CLIENT_ORDER_ID"u8);
                _hasNewOrder |= isNewOrder;
                _hasPreview |= isPreview;
                _newOrder = isNewOrder ? reason : _newOrder;
                _preview = isPreview ? reason : _preview;
                _error = isError ? reason : _error;
            }
        }

        private static bool EnterObject(ref Utf8JsonReader json)
        {
            _ = json.Read();
            return json.TokenType == JsonTokenType.StartObject;     // null stands for "none"
        }

        private static void Require(bool condition)
        {
            if (!condition)
            {
                throw new JsonException();
            }
        }
    }
}
