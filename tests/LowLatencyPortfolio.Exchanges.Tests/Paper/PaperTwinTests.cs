using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Exchanges.Paper;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Exchanges.Tests.Paper;

/// <summary>Random runs against the plain twin, and through a checkpoint. A failure names the seed of
/// <see cref="PaperScript"/>.</summary>
public sealed class PaperTwinTests
{
    private const int Seeds = 60;
    private const int Steps = 1_500;

    private static readonly PairSetup[] s_pairs = Pairs.Of("BTC-USD", "ETH-USD");

    [Fact]
    public void Reports_and_account_are_those_of_the_plain_twin_after_every_step()
    {
        long fills = 0;
        var kinds = new HashSet<(ReportKind, RejectReason, Liquidity)>();
        for (int seed = 1; seed <= Seeds; seed++)
        {
            var script = new PaperScript(seed);
            PaperExchange paper = Open(script);
            var plain = new PlainPaperExchange(script.Config, s_pairs, script.Cash, script.Bars);
            for (int step = 0; step < Steps; step++)
            {
                string where = $"seed {seed}, step {step}";
                var (commands, tick, nowNs) = script.Next();
                List<PlainReport> reports = Play(paper, commands, tick, nowNs);
                Play(plain, commands, tick, nowNs);
                AssertSame(plain.Reports, reports, where);
                AssertSameAccount(plain, paper, where);
                kinds.UnionWith(reports.Select(report => (report.Kind, report.Reason, report.Liquidity)));
                plain.Reports.Clear();
            }

            fills += paper.Fills;
        }

        Assert.True(fills > Seeds * 100, $"only {fills} fills: the script no longer tests much");
        Assert.Superset(
            new HashSet<(ReportKind, RejectReason, Liquidity)>
            {
                (ReportKind.Ack, RejectReason.None, Liquidity.None),
                (ReportKind.Fill, RejectReason.None, Liquidity.Maker),
                (ReportKind.Fill, RejectReason.None, Liquidity.Taker),
                (ReportKind.Triggered, RejectReason.None, Liquidity.None),
                (ReportKind.Replaced, RejectReason.None, Liquidity.None),
                (ReportKind.Cancelled, RejectReason.None, Liquidity.None),
                (ReportKind.CancelRejected, RejectReason.OrderIsDone, Liquidity.None),
                (ReportKind.Rejected, RejectReason.OrderIsDone, Liquidity.None),
                (ReportKind.Rejected, RejectReason.StopThroughMarket, Liquidity.None),
                (ReportKind.Rejected, RejectReason.InsufficientFunds, Liquidity.None),
                (ReportKind.Rejected, RejectReason.Chance, Liquidity.None),
            },
            kinds);
    }

    [Fact]
    public void Cash_and_base_are_the_sums_of_the_reported_fills()
    {
        for (int seed = 1; seed <= Seeds; seed++)
        {
            var script = new PaperScript(seed);
            PaperExchange paper = Open(script);
            decimal cash = script.Cash;
            decimal[] held = new decimal[s_pairs.Length];
            for (int step = 0; step < Steps; step++)
            {
                var (commands, tick, nowNs) = script.Next();
                foreach (PlainReport fill in Play(paper, commands, tick, nowNs)
                    .Where(report => report.Kind == ReportKind.Fill))
                {
                    bool buy = fill.Side == OrderSide.Buy;
                    cash += (buy ? -fill.Value : fill.Value) - fill.Fee;
                    held[fill.Product] += fill.Quantity == 0m ? 0m : Growth(fill, buy);
                }

                Assert.True(
                    cash == paper.Ledger.Cash, $"seed {seed}, step {step}: cash {paper.Ledger.Cash}, fills say {cash}");
                for (int product = 0; product < held.Length; product++)
                {
                    decimal units = s_pairs[product].Product.QuantityOf(paper.Ledger.BaseUnits(product));
                    Assert.True(
                        held[product] == units && units >= 0m,
                        $"seed {seed}, step {step}: base {units}, fills say {held[product]}");
                }
            }
        }

        static decimal Growth(PlainReport fill, bool buy) => fill.Value / fill.Price * (buy ? 1m : -1m);
    }

    [Fact]
    public void Continuing_from_a_checkpoint_at_any_step_changes_nothing()
    {
        for (int seed = 1; seed <= Seeds; seed++)
        {
            var script = new PaperScript(seed);
            PaperExchange undisturbed = Open(script);
            PaperExchange interrupted = Open(script);
            var random = new Random(seed);
            for (int step = 0; step < Steps; step++)
            {
                if (random.Next(40) == 0)
                {
                    interrupted = ThroughCheckpoint(interrupted, script);
                }

                var (commands, tick, nowNs) = script.Next();
                AssertSame(
                    Play(undisturbed, commands, tick, nowNs), Play(interrupted, commands, tick, nowNs),
                    $"seed {seed}, step {step}");
            }

            Assert.Equal(undisturbed.Ledger.HeldCash, interrupted.Ledger.HeldCash);
            Assert.Equal(Bytes(undisturbed), Bytes(interrupted));
        }
    }

    [Fact]
    public void A_checkpoint_is_refused_while_a_command_or_a_report_is_in_transit()
    {
        PaperExchange paper = Open(new PaperScript(1));
        paper.Submit(new OrderCommand { Kind = OrderCommandKind.Cancel, Sequence = 1 });
        Assert.Throws<InvalidOperationException>(() => paper.WriteCheckpoint(new CheckpointWriter()));
        paper.TakeInbox();
        Assert.NotEmpty(Bytes(paper));
        paper.Deliver(long.MaxValue - 1);
        Assert.Throws<InvalidOperationException>(() => paper.WriteCheckpoint(new CheckpointWriter()));
    }

    [Fact]
    public void A_checkpoint_of_other_pairs_is_refused()
    {
        var reader = new CheckpointReader(Bytes(Open(new PaperScript(1))));
        var other = new PaperExchange(new PaperConfig(), Pairs.Of("BTC-USD"), 1m, [false]);
        Assert.Throws<InvalidDataException>(() => other.ReadCheckpoint(reader));
    }

    private static PaperExchange Open(PaperScript script) =>
        new(script.Config, s_pairs, script.Cash, [script.Bars, script.Bars]);

    private static byte[] Bytes(PaperExchange paper)
    {
        var writer = new CheckpointWriter();
        paper.WriteCheckpoint(writer);
        return writer.Written.ToArray();
    }

    private static PaperExchange ThroughCheckpoint(PaperExchange paper, PaperScript script)
    {
        var reader = new CheckpointReader(Bytes(paper));
        PaperExchange read = Open(script);
        read.ReadCheckpoint(reader);
        Assert.True(reader.AtEnd);
        return read;
    }

    private static List<PlainReport> Play(PaperExchange paper, OrderCommand[] commands, MarketTick? tick, long nowNs)
    {
        foreach (ref readonly OrderCommand command in commands.AsSpan())
        {
            paper.Submit(in command);
        }

        paper.TakeInbox();
        paper.Deliver(nowNs);
        if (tick is { } met)
        {
            paper.Match(in met);
        }

        var reports = new List<PlainReport>();
        foreach (ref readonly TradingEvent report in paper.Reports)
        {
            reports.Add(PlainReport.Of(in report, s_pairs[report.Product].Product));
        }

        paper.ClearReports();
        return reports;
    }

    private static void Play(PlainPaperExchange plain, OrderCommand[] commands, MarketTick? tick, long nowNs)
    {
        foreach (OrderCommand command in commands)
        {
            plain.Submit(command);
        }

        plain.Deliver(nowNs);
        if (tick is { } met)
        {
            plain.Match(met);
        }
    }

    private static void AssertSame(List<PlainReport> expected, List<PlainReport> actual, string where) =>
        Assert.True(
            expected.SequenceEqual(actual),
            $"{where}\nexpected:\n  {string.Join("\n  ", expected)}\nactual:\n  {string.Join("\n  ", actual)}");

    private static void AssertSameAccount(PlainPaperExchange plain, PaperExchange paper, string where)
    {
        Assert.True(plain.Cash == paper.Ledger.Cash, $"{where}: cash {paper.Ledger.Cash}, expected {plain.Cash}");
        Assert.True(
            plain.HeldCash == paper.Ledger.HeldCash,
            $"{where}: held {paper.Ledger.HeldCash}, expected {plain.HeldCash}");
        Assert.True(
            plain.OpenOrders == paper.OpenOrders,
            $"{where}: {paper.OpenOrders} open orders, expected {plain.OpenOrders}");
        for (int product = 0; product < s_pairs.Length; product++)
        {
            ProductSpec spec = s_pairs[product].Product;
            Assert.True(
                plain.Base(product) == spec.QuantityOf(paper.Ledger.BaseUnits(product))
                && plain.HeldBase(product) == spec.QuantityOf(paper.Ledger.HeldBaseUnits(product)),
                $"{where}: base of {spec.ProductId}");
        }
    }
}
