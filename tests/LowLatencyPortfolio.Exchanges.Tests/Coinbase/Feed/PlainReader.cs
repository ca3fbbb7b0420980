using System.Text;
using System.Text.Json;
using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Exchanges.Coinbase.Feed;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Exchanges.Tests.Coinbase.Feed;

/// <summary>
/// The slow, obvious reader of both protocols: the whole message becomes a <see cref="JsonDocument"/> first, then every
/// question is asked of it, and prices are <see cref="decimal"/>.
/// </summary>
internal sealed class PlainReader(PairSetup[] pairs, bool isExchange) : PlainFields(pairs)
{
    private static readonly string[] FlatFields =
    [
        "product_id", "trade_id", "price", "size", "time", "type", "last_trade_id", "channels", "message", "reason",
    ];

    private static readonly string[] EnvelopeFields =
        ["channel", "timestamp", "sequence_num", "events", "type", "message", "reason"];

    private static readonly string[] StatusFields =
        ["id", "base_increment", "quote_increment", "status", "status_message", "min_market_funds"];

    private readonly StringBuilder _trades = new();
    private readonly StringBuilder _statuses = new();
    private readonly bool[] _acknowledged = new bool[pairs.Length];

    public Reading Read(byte[] text)
    {
        _trades.Clear();
        _statuses.Clear();
        Array.Clear(_acknowledged);
        Result = new Reading();
        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                Fail(FrameFault.NotAnObject);
            }
            else if (isExchange)
            {
                ReadFlat(document.RootElement);
            }
            else
            {
                ReadEnvelope(document.RootElement);
            }
        }
        catch (JsonException)
        {
            return new Reading { Fault = FrameFault.Syntax };
        }

        Result.Trades = _trades.ToString();
        Result.Statuses = _statuses.ToString();
        return Result.Fault == FrameFault.None
            ? Result
            : new Reading { Kind = Result.Kind, Fault = Result.Fault, Sequence = Result.Sequence };
    }

    private void ReadEnvelope(JsonElement root)
    {
        JsonElement?[] fields = Fields(root, EnvelopeFields);
        (JsonElement? channel, JsonElement? events, JsonElement? type) = (fields[0], fields[3], fields[4]);
        if (channel is null)
        {
            if (type is not { ValueKind: JsonValueKind.String })
            {
                Fail(type is null ? FrameFault.NoKind : FrameFault.WrongType);
            }
            else if (Text(type) == "error")
            {
                Result.Kind = FeedMessageKind.Error;
                Result.Error = Raw(fields[5]) + Raw(fields[6]);
            }

            return;
        }

        if (channel is not { ValueKind: JsonValueKind.String })
        {
            Fail(FrameFault.WrongType);
            return;
        }

        Result.Kind = Text(channel) switch
        {
            "market_trades" => FeedMessageKind.Trades,
            "ticker" or "ticker_batch" => FeedMessageKind.Ticker,
            "heartbeats" => FeedMessageKind.Heartbeat,
            "subscriptions" => FeedMessageKind.Subscriptions,
            "status" => FeedMessageKind.Status,
            _ => FeedMessageKind.Unknown,
        };
        Result.Sequence = Count(fields[2]) ?? -1;
        bool readsEvents = Result.Kind is not (FeedMessageKind.Unknown or FeedMessageKind.Heartbeat);
        if (readsEvents && IsList(events))
        {
            foreach (JsonElement item in events!.Value.EnumerateArray())
            {
                ReadEvent(item);
            }
        }

        if (Result.Kind == FeedMessageKind.Ticker && Required(fields[1]))
        {
            Result.SentAtNs = Time(fields[1]);
        }
    }

    private void ReadEvent(JsonElement item)
    {
        if (item.ValueKind != JsonValueKind.Object)
        {
            Fail(FrameFault.WrongType);
            return;
        }

        if (Result.Kind == FeedMessageKind.Subscriptions)
        {
            ReadAcknowledgement(item);
            return;
        }

        string list = Result.Kind switch
        {
            FeedMessageKind.Trades => "trades",
            FeedMessageKind.Ticker => "tickers",
            _ => "products",
        };
        JsonElement?[] fields = Fields(item, ["type", list]);
        bool isSnapshot = Required(fields[0]) && Text(fields[0]) == "snapshot";
        if (!IsList(fields[1]))
        {
            return;
        }

        foreach (JsonElement row in fields[1]!.Value.EnumerateArray())
        {
            if (row.ValueKind != JsonValueKind.Object)
            {
                Fail(FrameFault.WrongType);
            }
            else if (Result.Kind == FeedMessageKind.Trades)
            {
                AddTrade(Fields(row, FlatFields[..5]), isSnapshot);
            }
            else if (Result.Kind == FeedMessageKind.Ticker)
            {
                AddTicker(Fields(row, ["product_id", "price"]), isSnapshot);
            }
            else
            {
                AddStatus(Fields(row, StatusFields));
            }
        }
    }

    private void ReadAcknowledgement(JsonElement item)
    {
        JsonElement? channels = Fields(item, ["subscriptions"])[0];
        if (channels is not { ValueKind: JsonValueKind.Object })
        {
            Fail(channels is null ? FrameFault.MissingField : FrameFault.WrongType);
            return;
        }

        foreach (JsonProperty channel in channels.Value.EnumerateObject())
        {
            if (Is(channel, "market_trades"))
            {
                Acknowledge(channel.Value);
            }
        }

        Result.Acknowledged = Reading.Say(_acknowledged);
    }

    private void ReadFlat(JsonElement root)
    {
        JsonElement?[] fields = Fields(root, FlatFields);
        if (fields[5] is not { ValueKind: JsonValueKind.String })
        {
            Fail(fields[5] is null ? FrameFault.NoKind : FrameFault.WrongType);
            return;
        }

        switch (Text(fields[5]))
        {
            case "match":
                Result.Kind = FeedMessageKind.Trades;
                AddTrade(fields[..5], isSnapshot: false);
                break;
            case "last_match":
                Result.Kind = FeedMessageKind.Trades;
                AddTrade(fields[..5], isSnapshot: true);
                break;
            case "ticker":
                Result.Kind = FeedMessageKind.Ticker;
                AddTicker([fields[0], fields[2]], isSnapshot: false);
                break;
            case "heartbeat":
                Result.Kind = FeedMessageKind.Heartbeat;
                Result.LastTradeId = Count(fields[6]) ?? 0;
                Result.Product = Required(fields[0]) ? IndexOf(fields[0]) : -1;
                break;
            case "error":
                Result.Kind = FeedMessageKind.Error;
                Result.Error = Raw(fields[8]) + Raw(fields[9]);
                break;
            case "subscriptions":
                Result.Kind = FeedMessageKind.Subscriptions;
                ReadFlatAcknowledgement(fields[7]);
                break;
            default:
                break;
        }
    }

    private void ReadFlatAcknowledgement(JsonElement? channels)
    {
        if (!IsList(channels))
        {
            return;
        }

        foreach (JsonElement channel in channels!.Value.EnumerateArray())
        {
            if (channel.ValueKind != JsonValueKind.Object)
            {
                Fail(FrameFault.WrongType);
                continue;
            }

            JsonElement?[] fields = Fields(channel, ["name", "product_ids"]);
            if (fields[0] is { ValueKind: JsonValueKind.String } && Text(fields[0]) == "matches"
                && fields[1] is { } products)
            {
                Acknowledge(products);
            }
        }

        Result.Acknowledged = Reading.Say(_acknowledged);
    }

    private void Acknowledge(JsonElement products)
    {
        if (!IsList(products))
        {
            return;
        }

        foreach (JsonElement product in products.EnumerateArray())
        {
            int index = product.ValueKind == JsonValueKind.String ? IndexOf(product) : -1;
            if (index >= 0)
            {
                _acknowledged[index] = true;
            }
        }
    }

    private void AddTrade(JsonElement?[] fields, bool isSnapshot)
    {
        bool hasNumber = fields[1] is { ValueKind: JsonValueKind.Number };
        bool isWhole = Required(fields[0]) & (hasNumber || Required(fields[1])) & Required(fields[2])
            & Required(fields[3]) & Required(fields[4]);
        if (!isWhole)
        {
            return;
        }

        TradeRow row = new() { Product = IndexOf(fields[0]), IsSnapshot = isSnapshot };
        if (row.Product < 0)
        {
            Result.ForeignRows++;
            return;
        }

        row.TradeId = Count(fields[1]) ?? 0;
        Fail(row.TradeId == 0 ? FrameFault.BadNumber : FrameFault.None);
        ProductSpec product = Pairs[row.Product].Product;
        row.Price = Units(fields[2], product.PriceDecimals, ref row.Flaw);
        row.Quantity = Units(fields[3], product.QuantityDecimals, ref row.Flaw);
        row.TimeNs = Time(fields[4]);
        _trades.Append(Reading.Say(in row)).Append('\n');
    }

    private void AddTicker(JsonElement?[] fields, bool isSnapshot)
    {
        if (!(Required(fields[0]) & Required(fields[1])))
        {
            return;
        }

        TradeRow row = new() { Product = IndexOf(fields[0]), IsSnapshot = isSnapshot };
        if (row.Product < 0)
        {
            Result.ForeignRows++;
            return;
        }

        row.Price = Units(fields[1], Pairs[row.Product].Product.PriceDecimals, ref row.Flaw);
        _trades.Append(Reading.Say(in row)).Append('\n');
    }

    private void AddStatus(JsonElement?[] fields)
    {
        foreach (JsonElement? field in fields)
        {
            Fail(field is null or { ValueKind: JsonValueKind.String } ? FrameFault.None : FrameFault.WrongType);
        }

        Fail(fields[0] is null || fields[3] is null ? FrameFault.MissingField : FrameFault.None);
        int product = fields[0] is { ValueKind: JsonValueKind.String } ? IndexOf(fields[0]) : -1;
        if (product >= 0)
        {
            _statuses.Append($"{product}:").AppendJoin("", fields.Skip(1).Select(field => Raw(field) + "|"));
        }
    }
}
