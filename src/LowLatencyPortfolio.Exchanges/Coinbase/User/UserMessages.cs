using System.Text.Json;

namespace LowLatencyPortfolio.Exchanges.Coinbase;

/// <summary>Reads the messages of one connection of the user channel and brings its orders to the desk.</summary>
/// <remarks>
/// Thread: the channel's. Nothing a message contains is fatal: what cannot be read is counted and makes the channel
/// doubtful. Source: Advanced Trade WebSocket, user channel: every value is a text, the state is cumulative, one number
/// for every message of a connection.
/// </remarks>
internal sealed class UserMessages(OrderDesk desk, TimeProvider time)
{
    private const int SnapshotBatch = 50;
    private const int BeatsWithoutSnapshot = 3;

    private long _nextNumber = -1;
    private bool _isSubscribed;
    private int _beats;

    /// <summary>The snapshot is complete: from here on the channel tells all.</summary>
    public bool IsUp { get; private set; }

    /// <summary>Something may be missing since the last look at this: the venue has to be asked.</summary>
    public bool IsIncomplete { get; set; }

    /// <summary>The venue refused the subscription or ended it.</summary>
    public bool IsRefused { get; private set; }

    /// <summary>Takes one message in.</summary>
    public void Take(ReadOnlyMemory<byte> message)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(message, VenueJson.Options);
            Take(document.RootElement);
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException
            or OverflowException)
        {
            desk.With(state => state.Counts.Malformed++);
            IsIncomplete = true;
        }
    }

    private void Take(JsonElement root)
    {
        if (VenueJson.Text(root, "type") == "error")
        {
            IsRefused = true;
            return;
        }

        if (!IsNext(root))
        {
            return;
        }

        switch (VenueJson.Text(root, "channel"))
        {
            case "user":
                foreach (JsonElement e in VenueJson.Items(root, "events"))
                {
                    TakeOrders(e);
                }

                break;
            case "subscriptions":
                _isSubscribed |= VenueJson.Items(root, "events").Any(e =>
                    e.TryGetProperty("subscriptions", out JsonElement channels)
                    && channels.ValueKind == JsonValueKind.Object && channels.TryGetProperty("user", out _));
                break;
            case "heartbeats":
                _beats += _isSubscribed ? 1 : 0;
                IsUp |= _beats >= BeatsWithoutSnapshot;     // no open orders, and the venue does not say so
                break;
            default:
                break;
        }
    }

    // One number for each message of the connection. A jump forward: something was lost. Backward: overtaken, and what
    // it tells is cumulative, so nothing is lost by leaving it out.
    private bool IsNext(JsonElement root)
    {
        if (!root.TryGetProperty("sequence_num", out JsonElement value) || !value.TryGetInt64(out long number))
        {
            throw VenueJson.Bad("sequence_num");
        }

        if (_nextNumber >= 0 && number < _nextNumber)
        {
            return false;
        }

        if (_nextNumber >= 0 && number > _nextNumber)
        {
            IsIncomplete = true;
            desk.With(state => state.Counts.UserGaps++);
        }

        _nextNumber = number + 1;
        return true;
    }

    private void TakeOrders(JsonElement e)
    {
        int count = 0;
        foreach (JsonElement order in VenueJson.Items(e, "orders"))
        {
            count++;
            TakeOrder(order);
        }

        IsUp |= VenueJson.Text(e, "type") == "update" || count < SnapshotBatch;
    }

    // One order that cannot be read must not hide the others of the message.
    private void TakeOrder(JsonElement order)
    {
        try
        {
            _ = desk.Observe(OrderJson.FromChannel(order), Clock.NowNs(time));
        }
        catch (FormatException)
        {
            desk.With(state => state.Counts.Malformed++);
            IsIncomplete = true;
        }
    }
}
