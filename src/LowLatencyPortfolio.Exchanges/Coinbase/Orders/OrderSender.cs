namespace LowLatencyPortfolio.Exchanges.Coinbase;

/// <summary>Renders a request, sends it over its own warm connection and reads what the answer means.</summary>
/// <remarks>Thread: its worker's. Allocation: none for a request that is answered.</remarks>
internal sealed class OrderSender(
    SignedHeads heads, OrderTemplates templates, OrderConnection connection, RequestBudget budget) : IDisposable
{
    private const int MaxClientId = 128;

    private readonly RequestBuffer _request = new();

    /// <summary>Sends a request and says what became of it.</summary>
    public OrderAnswer Send(in WireRequest request)
    {
        Render(in request);
        SendOutcome outcome = connection.Send(_request.Written);
        if (outcome != SendOutcome.Answered)
        {
            AnswerKind kind = outcome == SendOutcome.NotSent ? AnswerKind.NotSent : AnswerKind.Unknown;
            request.Batch?.SetAll(kind);
            return new OrderAnswer { Kind = kind, RetryAfter = -1 };
        }

        OrderAnswer answer = Read(in request);
        if (answer.Kind == AnswerKind.Limited)
        {
            budget.OnLimited(connection.Answer.RateReset, RequestBudget.LaneOf(request.Priority));
        }
        else
        {
            budget.OnAnswered(connection.Answer.RateRemaining, RequestBudget.LaneOf(request.Priority));
        }

        return answer;
    }

    /// <summary>Asks for the time, so that neither side takes the connection for idle.</summary>
    public void KeepWarm()
    {
        _request.Begin(heads.KeepWarm).End();
        _ = connection.Send(_request.Written);
    }

    public void Dispose() => connection.Dispose();

    private void Render(in WireRequest request)
    {
        switch (request.Action)
        {
            case WireAction.Create:
                templates.Create(_request, heads.Create, request.Epoch, in request.Order, request.Quantity);
                break;
            case WireAction.Cancel:
                RenderCancel(in request);
                break;
            case WireAction.EditPreview:
                templates.Edit(_request, heads.EditPreview, in request.Target, in request.Order, request.Quantity);
                break;
            default:
                templates.Edit(_request, heads.Edit, in request.Target, in request.Order, request.Quantity);
                break;
        }
    }

    private void RenderCancel(in WireRequest request)
    {
        if (request.Batch is { Count: > 1 } batch)
        {
            OrderTemplates.Cancel(_request, heads.Cancel, batch);
        }
        else
        {
            OrderTemplates.Cancel(_request, heads.Cancel, in request.Target);
        }
    }

    private OrderAnswer Read(in WireRequest request)
    {
        HttpAnswer answer = connection.Answer;
        if (request.Action == WireAction.Cancel)
        {
            return request.Batch is { Count: > 1 } batch
                ? CancelAnswers.Read(answer.Status, answer.Body, batch)
                : ChangeAnswers.ReadCancel(answer.Status, answer.Body);
        }

        if (request.Action != WireAction.Create)
        {
            return ChangeAnswers.ReadEdit(answer.Status, answer.Body, request.Action == WireAction.EditPreview);
        }

        Span<byte> clientId = stackalloc byte[MaxClientId];
        return CreateAnswers.Read(
            answer.Status, answer.Body, templates.ProductId(request.Order.Product),
            templates.WriteClientId(request.Epoch, request.Order.Sequence, clientId), request.Order.Side);
    }
}
