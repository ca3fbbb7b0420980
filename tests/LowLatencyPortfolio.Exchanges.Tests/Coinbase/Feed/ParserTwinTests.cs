using System.Globalization;
using System.Text;
using LowLatencyPortfolio.Exchanges.Coinbase.Feed;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Exchanges.Tests.Coinbase.Feed;

public sealed class ParserTwinTests
{
    private const int Mutations = 30_000;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Every_captured_message_is_read_as_the_plain_reader_reads_it(bool isExchange)
    {
        PairSetup[] pairs = Pairs(isExchange);
        Dictionary<FeedMessageKind, int> kinds = [];
        foreach (byte[] message in isExchange ? Captures.Exchange : Captures.AdvancedTrade)
        {
            Reading reading = Fast(message, pairs, isExchange);
            Assert.Equal(new PlainReader(pairs, isExchange).Read(message), reading);
            Assert.Equal(FrameFault.None, reading.Fault);
            kinds[reading.Kind] = kinds.GetValueOrDefault(reading.Kind) + 1;
        }

        Assert.Equal(isExchange ? 10 + 1500 : 775 + 6, kinds[FeedMessageKind.Unknown]);
        Assert.Equal(isExchange ? 107 : 59, kinds[FeedMessageKind.Trades]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Every_mutated_message_is_read_as_the_plain_reader_reads_it(bool isExchange)
    {
        int seed = Seed();
        Random random = new(seed);
        PairSetup[] pairs = Pairs(isExchange);
        byte[][][] messagesByKind = [.. Messages(isExchange).Where(message => message.Length < 4_000)
            .GroupBy(message => Fast(message, pairs, isExchange).Kind, (_, messages) => messages.ToArray())];
        HashSet<FrameFault> met = [];
        for (int i = 0; i < Mutations; i++)
        {
            byte[][] messages = messagesByKind[random.Next(messagesByKind.Length)];
            byte[] message = Mutation.Of(messages[random.Next(messages.Length)], random);
            for (int more = random.Next(3); more > 0 && message.Length > 0 && IsJson(message); more--)
            {
                message = Mutation.Of(message, random);
            }

            Reading expected = new PlainReader(pairs, isExchange).Read(message);
            Reading actual = Fast(message, pairs, isExchange);
            Assert.True(
                expected == actual,
                $"LLP_SEED={seed}, message {i}:\n{Encoding.Latin1.GetString(message)}\n{expected}\n{actual}");
            Assert.True(actual.Fault == FrameFault.None || actual.Trades + actual.Statuses + actual.Acknowledged == "");
            met.Add(actual.Fault);
        }

        // Whatever can be wrong with a message has been met, so the comparison above was not about syntax alone.
        Assert.Superset(Enum.GetValues<FrameFault>().Where(fault => fault <= FrameFault.BadTime).ToHashSet(), met);
    }

    [Theory]
    [InlineData(64, FrameFault.None)]
    [InlineData(65, FrameFault.Syntax)]
    public void Nesting_ends_at_64_levels(int depth, FrameFault fault)
    {
        string deep = new string('[', depth - 1) + new string(']', depth - 1);
        byte[] message = Encoding.UTF8.GetBytes($$"""{"channel":"x","sequence_num":1,"y":{{deep}}}""");
        Assert.Equal(fault, Fast(message, Pairs(false), isExchange: false).Fault);
        Assert.Equal(fault, new PlainReader(Pairs(false), isExchange: false).Read(message).Fault);
    }

    private static PairSetup[] Pairs(bool isExchange) =>
        isExchange ? Captures.PairsOf(Captures.ExchangeProducts) : Captures.PairsOf("BTC-USD", "ETH-USD");

    private static IEnumerable<byte[]> Messages(bool isExchange) =>
        (isExchange ? Captures.Exchange : Captures.AdvancedTrade).Concat(Captures.Documented);

    private static Reading Fast(byte[] message, PairSetup[] pairs, bool isExchange)
    {
        ProductTable products = new(pairs);
        FeedFrame frame = new(products.Count);
        IFrameParser parser = isExchange ? new ExchangeParser(products) : new AdvancedTradeParser(products);
        parser.Parse(message, frame);
        return Reading.Of(frame, message);
    }

    private static bool IsJson(byte[] message)
    {
        try
        {
            using var document = System.Text.Json.JsonDocument.Parse(message);
            return true;
        }
        catch (System.Text.Json.JsonException)
        {
            return false;
        }
    }

    private static int Seed() =>
        int.TryParse(Environment.GetEnvironmentVariable("LLP_SEED"), CultureInfo.InvariantCulture, out int given)
            ? given
            : Random.Shared.Next();
}
