using System.Text.Json;

namespace LowLatencyPortfolio.Exchanges.Coinbase;

/// <summary>Reads the answer to the cancel of several orders: a result for each, in any order.</summary>
/// <remarks>
/// Thread: any. An order without a result, and every order of an answer that cannot be read to its end, is
/// <see cref="AnswerKind.Unknown"/>. Source: Advanced Trade, batch_cancel.
/// </remarks>
internal static class CancelAnswers
{
    /// <summary>Reads an answer.</summary>
    /// <param name="status">HTTP status.</param>
    /// <param name="body">What was answered.</param>
    /// <param name="batch">The orders; gets the results.</param>
    /// <returns>What the request as a whole was answered.</returns>
    public static OrderAnswer Read(int status, ReadOnlySpan<byte> body, CancelBatch batch)
    {
        OrderAnswer answer = ChangeAnswers.OfStatus(status);
        batch.SetAll(answer.Kind == AnswerKind.Accepted ? AnswerKind.Unknown : answer.Kind);
        if (answer.Kind != AnswerKind.Accepted)
        {
            return answer;
        }

        try
        {
            Utf8JsonReader json = new(body);
            ReadResults(ref json, batch);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            batch.SetAll(AnswerKind.Unknown);       // a body that was cut off proves nothing
            answer.Kind = AnswerKind.Unknown;
        }

        return answer;
    }

    /// <summary>What a failure reason makes of a refused cancel.</summary>
    /// <param name="json">At the reason.</param>
    /// <param name="otherwise">What any other reason leaves it.</param>
    public static AnswerKind KindOf(ref Utf8JsonReader json, AnswerKind otherwise) =>
        json.TokenType != JsonTokenType.String ? otherwise
        : json.ValueTextEquals("DUPLICATE_CANCEL_REQUEST"u8) ? AnswerKind.Accepted
        : json.ValueTextEquals("ORDER_IS_FULLY_FILLED"u8) || json.ValueTextEquals("UNKNOWN_CANCEL_ORDER"u8)
            ? AnswerKind.NotOpen
        : otherwise;

    private static void ReadResults(ref Utf8JsonReader json, CancelBatch batch)
    {
        VenueOrderId id = default;
        bool? isSuccess = null;
        AnswerKind failure = AnswerKind.Refused;
        while (json.Read())
        {
            if (json.TokenType == JsonTokenType.StartObject)
            {
                (id, isSuccess, failure) = (default, null, AnswerKind.Refused);
            }
            else if (json.TokenType == JsonTokenType.EndObject && isSuccess is { } wasTaken && !id.IsEmpty)
            {
                batch.Set(id.Text, wasTaken ? AnswerKind.Accepted : failure);
                isSuccess = null;
            }
            else if (json.TokenType == JsonTokenType.PropertyName)
            {
                ReadMember(ref json, ref id, ref isSuccess, ref failure);
            }
        }
    }

    private static void ReadMember(
        ref Utf8JsonReader json, ref VenueOrderId id, ref bool? isSuccess, ref AnswerKind failure)
    {
        if (json.ValueTextEquals("success"u8))
        {
            _ = json.Read();
            isSuccess = json.GetBoolean();
        }
        else if (json.ValueTextEquals("failure_reason"u8))
        {
            _ = json.Read();
            failure = KindOf(ref json, failure);
        }
        else if (json.ValueTextEquals("order_id"u8))
        {
            _ = json.Read();
            _ = !json.ValueIsEscaped && VenueOrderId.TryParse(json.ValueSpan, out id);
        }
    }
}
