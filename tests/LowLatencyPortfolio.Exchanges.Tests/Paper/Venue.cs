using System.Globalization;
using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Exchanges.Paper;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Exchanges.Tests.Paper;

/// <summary>One paper venue with one pair in decimals: commands at the time of the newest tick, a tick a second,
/// reports as text.</summary>
internal sealed class Venue
{
    public static readonly PaperConfig Free = new() { MakerFee = 0m, TakerFee = 0m, SlippageBps = 0m };

    private readonly PairSetup[] _pairs = Pairs.Of("BTC-USD", "ETH-USD");

    public Venue(PaperConfig? config = null, decimal cash = 10_000m, bool bars = false) =>
        Exchange = new PaperExchange(config ?? Free, _pairs, cash, [bars, bars]);

    public PaperExchange Exchange { get; }

    public long NowNs { get; set; }

    public ProductSpec Product => _pairs[0].Product;

    public Venue Buy(long sequence, decimal limit, decimal quantity) =>
        Send(New(sequence, OrderSide.Buy, OrderType.Limit, limit, 0m, quantity));

    public Venue Sell(long sequence, decimal limit, decimal quantity) =>
        Send(New(sequence, OrderSide.Sell, OrderType.Limit, limit, 0m, quantity));

    public Venue MarketBuy(long sequence, decimal quantity) =>
        Send(New(sequence, OrderSide.Buy, OrderType.Market, 0m, 0m, quantity));

    public Venue MarketSell(long sequence, decimal quantity) =>
        Send(New(sequence, OrderSide.Sell, OrderType.Market, 0m, 0m, quantity));

    public Venue Stop(long sequence, decimal trigger, decimal limit, decimal quantity) =>
        Send(New(sequence, OrderSide.Sell, OrderType.StopLimit, limit, trigger, quantity));

    public Venue Replace(long sequence, long replaces, decimal trigger, decimal limit, decimal quantity)
    {
        OrderCommand command = New(sequence, OrderSide.Sell, OrderType.StopLimit, limit, trigger, quantity);
        command.Kind = OrderCommandKind.Replace;
        command.Replaces = replaces;
        return Send(command);
    }

    public Venue Cancel(long sequence) =>
        Send(new OrderCommand { Kind = OrderCommandKind.Cancel, Sequence = sequence });

    public Venue Send(OrderCommand command)
    {
        command.ReleasedAtNs = NowNs;
        Exchange.Submit(in command);
        return this;
    }

    public OrderCommand New(
        long sequence, OrderSide side, OrderType type, decimal limit, decimal trigger, decimal quantity)
    {
        Assert.True(Product.TryPriceUnits(limit, out long limitUnits));
        Assert.True(Product.TryPriceUnits(trigger, out long triggerUnits));
        Assert.True(Product.TryQuantityUnits(quantity, out long quantityUnits));
        return new OrderCommand
        {
            Kind = OrderCommandKind.Place,
            Sequence = sequence,
            Side = side,
            Type = type,
            Limit = limitUnits,
            Trigger = triggerUnits,
            Quantity = quantityUnits,
        };
    }

    /// <summary>Buys at a tick and forgets the reports, so that there is base to sell.</summary>
    public Venue Holding(decimal quantity, decimal price)
    {
        Buy(1_000_000, price, quantity).Settle().Tick(price);
        _ = Reports();
        return this;
    }

    /// <summary>Brings what is due by now into effect, as the end of a market event does.</summary>
    public Venue Settle()
    {
        Exchange.TakeInbox();
        Exchange.Deliver(NowNs);
        return this;
    }

    public Venue Tick(decimal price, decimal quantity = 1_000m, int product = 0)
    {
        NowNs += 1_000_000_000;
        Settle();
        Assert.True(Product.TryPriceUnits(price, out long priceUnits));
        Assert.True(Product.TryQuantityUnits(quantity, out long quantityUnits));
        Exchange.Match(
            new MarketTick { Product = product, TimeNs = NowNs, Price = priceUnits, Quantity = quantityUnits });
        return this;
    }

    /// <summary>The reports since the last call, a line each.</summary>
    public string[] Reports()
    {
        var lines = new List<string>();
        foreach (ref readonly TradingEvent report in Exchange.Reports)
        {
            lines.Add(Line(in report));
        }

        Exchange.ClearReports();
        return [.. lines];
    }

    private string Line(in TradingEvent report)
    {
        string what = report.Report.ToString().ToLowerInvariant()
            + " #" + report.OrderSequence.ToString(CultureInfo.InvariantCulture);
        decimal filled = Product.QuantityOf(report.CumulativeQuantity);
        decimal total = Product.QuantityOf(report.Quantity);
        return report.Report switch
        {
            ReportKind.Fill => string.Create(
                CultureInfo.InvariantCulture,
                $"{what} at {Product.PriceOf(report.Price):0.########} value {report.FillValue:0.################} "
                + $"fee {report.Fee:0.########} {report.Liquidity.ToString().ToLowerInvariant()} "
                + $"{filled:0.###}/{total:0.###}"),
            ReportKind.Rejected or ReportKind.CancelRejected => $"{what} {report.Reason}",
            ReportKind.Replaced => string.Create(CultureInfo.InvariantCulture, $"{what} for #{report.RelatedSequence}"),
            ReportKind.Cancelled => string.Create(CultureInfo.InvariantCulture, $"{what} {filled:0.###}/{total:0.###}"),
            _ => what,
        };
    }
}
