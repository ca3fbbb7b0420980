using System.Text.Json;

namespace LowLatencyPortfolio.Exchanges.Coinbase;

/// <summary>Reads the answers to a cancel, an edit and the preview of an edit.</summary>
/// <remarks>
/// Thread: any. What cannot be read is <see cref="AnswerKind.Unknown"/>. Source: Advanced Trade, batch_cancel, edit,
/// edit_preview.
/// </remarks>
internal static class ChangeAnswers
{
    /// <summary>Reads the answer to the cancel of one order.</summary>
    public static OrderAnswer ReadCancel(int status, ReadOnlySpan<byte> body)
    {
        OrderAnswer answer = OfStatus(status);
        if (answer.Kind == AnswerKind.Accepted)
        {
            answer.Kind = Guarded(body, CancelKind);
        }

        return answer;
    }

    /// <summary>Reads the answer to an edit, or to its preview, which says success by having no errors.</summary>
    /// <remarks>
    /// A status that refuses the call itself (400, 404 and the like) is <see cref="AnswerKind.EditUnsupported"/>.
    /// </remarks>
    public static OrderAnswer ReadEdit(int status, ReadOnlySpan<byte> body, bool isPreview)
    {
        OrderAnswer answer = OfStatus(status);
        if (answer.Kind is AnswerKind.Refused or AnswerKind.NotOpen)
        {
            answer.Kind = AnswerKind.EditUnsupported;       // refusals of an order have status 200: this is the call
        }

        if (answer.Kind != AnswerKind.Accepted)
        {
            return answer;
        }

        Pipeline.RejectReason reason = Pipeline.RejectReason.None;
        answer.Kind = Guarded(body, (ref Utf8JsonReader json) => EditKind(ref json, isPreview, out reason));
        answer.Reason = reason;
        return answer;
    }

    private delegate AnswerKind Reader(ref Utf8JsonReader json);

    internal static OrderAnswer OfStatus(int status)
    {
        AnswerKind kind = AnswerStatus.Of(status);
        return new OrderAnswer
        {
            Kind = status == 404 ? AnswerKind.NotOpen : kind,
            Reason = kind == AnswerKind.Refused ? Pipeline.RejectReason.InvalidOrder : Pipeline.RejectReason.None,
            RetryAfter = -1,
        };
    }

    private static AnswerKind Guarded(ReadOnlySpan<byte> body, Reader reader)
    {
        try
        {
            Utf8JsonReader json = new(body);
            AnswerKind kind = reader(ref json);
            while (json.Read())
            {
                // To the end: a body that was cut off proves nothing.
            }

            return kind;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return AnswerKind.Unknown;
        }
    }

    // One order was asked about, so the first result is its own.
    private static AnswerKind CancelKind(ref Utf8JsonReader json)
    {
        AnswerKind kind = AnswerKind.Unknown;
        while (json.Read())
        {
            if (json.TokenType != JsonTokenType.PropertyName)
            {
                continue;
            }

            bool isSuccess = json.ValueTextEquals("success"u8);
            bool isReason = json.ValueTextEquals("failure_reason"u8);
            _ = json.Read();
            if (isSuccess)
            {
                kind = json.GetBoolean() ? AnswerKind.Accepted : kind == AnswerKind.Unknown ? AnswerKind.Refused : kind;
            }
            else if (isReason && kind != AnswerKind.Accepted)
            {
                kind = CancelAnswers.KindOf(ref json, kind);
            }
        }

        return kind;
    }

    private static AnswerKind EditKind(ref Utf8JsonReader json, bool isPreview, out Pipeline.RejectReason reason)
    {
        reason = Pipeline.RejectReason.None;
        bool? isSuccess = null;
        bool hasErrors = false;
        AnswerKind error = AnswerKind.Refused;
        while (json.Read())
        {
            if (json.TokenType != JsonTokenType.PropertyName)
            {
                hasErrors |= json.TokenType == JsonTokenType.StartObject && json.CurrentDepth > 1;
                continue;
            }

            if (json.ValueTextEquals("success"u8))
            {
                _ = json.Read();
                isSuccess = json.GetBoolean();
            }
            else if (json.ValueTextEquals("edit_failure_reason"u8) || json.ValueTextEquals("preview_failure_reason"u8))
            {
                _ = json.Read();
                if (json.TokenType == JsonTokenType.String && RejectCodes.SaysSomething(json.ValueSpan))
                {
                    error = error == AnswerKind.Refused ? RejectCodes.EditKindOf(json.ValueSpan) : error;
                    reason = Clearer(reason, RejectCodes.ReasonOf(json.ValueSpan));
                }
            }
        }

        if (isSuccess is null && !isPreview)
        {
            return AnswerKind.Unknown;
        }

        return isSuccess ?? !hasErrors ? AnswerKind.Accepted : error;
    }

    // The first code says of a stop that the market has passed only that its price is wrong; the second says why.
    private static Pipeline.RejectReason Clearer(Pipeline.RejectReason told, Pipeline.RejectReason also) =>
        told == default || also == Pipeline.RejectReason.StopThroughMarket ? also : told;
}
