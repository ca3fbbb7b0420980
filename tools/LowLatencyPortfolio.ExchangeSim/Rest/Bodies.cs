using Microsoft.AspNetCore.Http;

namespace LowLatencyPortfolio.ExchangeSim.Rest;

/// <summary>Reads request bodies and turns refusals into the venue's answers.</summary>
internal static class Bodies
{
    private const int MaxBytes = 64 * 1024;

    /// <summary>A handler for a POST whose body follows <paramref name="schema"/>.</summary>
    public static Func<HttpRequest, Task<IResult>> Handler(ProtoField schema, Func<ProtoMessage, IResult> answer) =>
        async request =>
        {
            try
            {
                byte[] body = await ReadAsync(request).ConfigureAwait(false);
                return answer(ProtoReader.Read(body, schema));
            }
            catch (ProtoException fault)
            {
                return Answers.BadProto(fault.Message);
            }
            catch (RequestFault fault)
            {
                return Answers.InvalidArgument(fault.Message);
            }
        };

    /// <summary>A handler for a GET whose parameters may be wrong.</summary>
    public static Func<HttpRequest, IResult> Handler(Func<HttpRequest, IResult> answer) => request =>
    {
        try
        {
            return answer(request);
        }
        catch (RequestFault fault)
        {
            return Answers.InvalidArgument(fault.Message);
        }
    };

    private static async Task<byte[]> ReadAsync(HttpRequest request)
    {
        using var copy = new MemoryStream();
        byte[] block = new byte[4096];
        int count;
        var aborted = request.HttpContext.RequestAborted;
        while ((count = await request.Body.ReadAsync(block, aborted).ConfigureAwait(false)) > 0)
        {
            if (copy.Length + count > MaxBytes)
                throw new RequestFault("request body is too large");
            copy.Write(block, 0, count);
        }

        return copy.ToArray();
    }
}
