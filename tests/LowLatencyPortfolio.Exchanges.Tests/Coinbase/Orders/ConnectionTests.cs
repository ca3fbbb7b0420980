using System.Net;
using System.Net.Sockets;
using System.Text;
using LowLatencyPortfolio.Exchanges.Coinbase;

namespace LowLatencyPortfolio.Exchanges.Tests.Coinbase.Orders;

public sealed class ConnectionTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly LoopbackVenue _venue = new();
    private OrderConnection? _connection;

    private OrderConnection Connection => _connection ??= new OrderConnection(_venue.Rest, Patience, Patience);

    public void Dispose()
    {
        _connection?.Dispose();
        _venue.Dispose();
    }

    [Fact]
    public void One_connection_carries_request_after_request()
    {
        _venue.Answers = request => LoopbackVenue.Json("{\"got\":\"" + request.Body + "\"}");
        for (int i = 0; i < 10; i++)
        {
            Assert.Equal(SendOutcome.Answered, Send($"n{i}"));
            Assert.Equal("{\"got\":\"n" + i + "\"}", Encoding.UTF8.GetString(Connection.Answer.Body));
        }

        Assert.Equal(1, Connection.Connects);
    }

    [Fact]
    public void Nobody_listening_means_nothing_was_sent()
    {
        using TcpListener gone = new(IPAddress.Loopback, 0);
        gone.Start();
        Uri address = new($"http://127.0.0.1:{((IPEndPoint)gone.LocalEndpoint).Port}");
        gone.Stop();
        using OrderConnection connection = new(address, Patience, Patience);
        Assert.Equal(SendOutcome.NotSent, connection.Send("x"u8));
        Assert.NotNull(connection.Failure);
    }

    public static TheoryData<string?> NoAnswers => new(
        null, "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n{\"s\"", "HTTP/1.1 200", "garbage\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n",
        "HTTP/1.1 200 OK\r\n\r\n{}", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        "HTTP/1.1 abc OK\r\nContent-Length: 2\r\n\r\n{}");

    [Theory]
    [MemberData(nameof(NoAnswers))]
    public void A_connection_that_breaks_after_the_request_leaves_its_outcome_unknown(string? answer)
    {
        _venue.ClosesAfterAnswer = true;
        _venue.Answers = _ => answer;
        Assert.Equal(SendOutcome.Lost, Send("x"));
        _venue.ClosesAfterAnswer = false;
        _venue.Answers = _ => LoopbackVenue.Json("{}");
        Assert.Equal(SendOutcome.Answered, Send("y"));      // on a new connection
    }

    [Fact]
    public void Silence_ends_in_an_unknown_outcome()
    {
        _venue.Answers = _ => string.Empty;
        using OrderConnection connection = new(_venue.Rest, Patience, TimeSpan.FromMilliseconds(200));
        Assert.Equal(SendOutcome.Lost, connection.Send(Bytes("x")));
    }

    [Fact]
    public void A_connection_closed_while_idle_is_made_anew_before_anything_is_sent()
    {
        Assert.Equal(SendOutcome.Answered, Send("x"));
        _venue.DropConnections();
        Assert.True(
            SpinWait.SpinUntil(() => Send("y") == SendOutcome.Answered && Connection.Connects > 1, Patience),
            "the connection must be made again");
    }

    [Fact]
    public void Chunks_are_put_together()
    {
        _venue.Answers = _ =>
            "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
            + "5\r\n{\"a\":\r\n2;x=y\r\n1}\r\n0\r\n\r\n";
        Assert.Equal(SendOutcome.Answered, Send("x"));
        Assert.Equal("{\"a\":1}", Encoding.UTF8.GetString(Connection.Answer.Body));
        Assert.Equal(SendOutcome.Answered, Send("x"));
        Assert.Equal(1, Connection.Connects);
    }

    [Fact]
    public void A_long_answer_is_read_whole()
    {
        string body = "{\"a\":\"" + new string('b', 500_000) + "\"}";
        _venue.Answers = _ => LoopbackVenue.Json(body);
        Assert.Equal(SendOutcome.Answered, Send("x"));
        Assert.Equal(body, Encoding.UTF8.GetString(Connection.Answer.Body));
    }

    [Fact]
    public void Rate_headers_and_the_wish_to_close_are_seen()
    {
        _venue.Answers = _ => LoopbackVenue.Json(
            "{}", 429, "x-ratelimit-limit: 30\r\nX-RateLimit-Remaining: 0\r\nx-ratelimit-reset: 7\r\nConnection: close\r\n");
        Assert.Equal(SendOutcome.Answered, Send("x"));
        HttpAnswer answer = Connection.Answer;
        Assert.Equal((429, 30L, 0L, 7L, false),
            (answer.Status, answer.RateLimit, answer.RateRemaining, answer.RateReset, answer.KeepsAlive));
        Assert.Equal(SendOutcome.Answered, Send("y"));
        Assert.Equal(2, Connection.Connects);
    }

    private static byte[] Bytes(string body) =>
        Encoding.ASCII.GetBytes($"POST /x HTTP/1.1\r\nContent-Length: {body.Length}\r\n\r\n{body}");

    private SendOutcome Send(string body) => Connection.Send(Bytes(body));
}
