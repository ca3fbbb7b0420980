namespace LowLatencyPortfolio.ExchangeSim.Wire.Text;

/// <summary>The outside of every message.</summary>
internal static class Envelope
{
    public const string AuthenticationFailure = "authentication failure";
    public const string Malformed = "subscribe or unsubscribe required";
    public const string RateLimit = "rate limit exceeded";

    /// <summary>Wraps events. <c>client_id</c> is always there: the official client fails without it.</summary>
    /// <param name="channel">As data messages name it: <c>l2_data</c>, not <c>level2</c>.</param>
    /// <param name="timeNs">Of the venue.</param>
    /// <param name="sequence">Of the connection, from 0.</param>
    /// <param name="events">A JSON list.</param>
    /// <returns>The message.</returns>
    public static byte[] Wrap(string channel, long timeNs, long sequence, byte[] events) => JsonText.Write(json =>
    {
        json.WriteStartObject();
        json.WriteString("channel", channel);
        json.WriteString("client_id", string.Empty);
        json.WriteString("timestamp", VenueTime.ToText(timeNs));
        json.WriteNumber("sequence_num", sequence);
        json.WritePropertyName("events");
        json.WriteRawValue(events, skipInputValidation: true);
        json.WriteEndObject();
    });

    /// <summary>An error: it has neither channel nor sequence number.</summary>
    /// <param name="message">One of the constants.</param>
    /// <returns>The message.</returns>
    public static byte[] Error(string message) => JsonText.Write(json =>
    {
        json.WriteStartObject();
        json.WriteString("type", "error");
        json.WriteString("message", message);
        json.WriteEndObject();
    });
}
