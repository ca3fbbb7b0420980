using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Pipeline;

/// <summary>
/// Runs the code paths of a pipeline before they matter, on a throw-away pipeline, so that they are compiled when money
/// is at stake.
/// </summary>
public static class PipelineWarmUp
{
    private const int Rounds = 400;
    private const int TicksARound = 64;

    /// <summary>Plays entries, fills, ratchets, stop hits and refusals; takes some tens of milliseconds.</summary>
    /// <remarks>Thread: any. Has no effect but on the runtime's compiled code.</remarks>
    public static void Run()
    {
        ProductSpec product = new("WARM-USD", 0.01m, 0.0001m, 0.0001m, 1m);
        PairSetup[] pairs = PairSetup.Arrange(
            [(product, new PairConfig { ProductId = "WARM-USD", MaxEntriesPerHour = Rounds })]);
        Echo echo = new();
        using TradingPipeline pipeline = new(
            new PipelineOptions { Topology = Topology.Inline },
            new PortfolioConfig { DailyLossPct = -99m, EmergencyLiquidationLossPct = -99m }, pairs, echo, echo);
        long now = EventTime.Day;
        for (int round = 0; round < Rounds; round++)
        {
            now = PlayRound(pipeline, echo, now);
        }
    }

    private static long PlayRound(TradingPipeline pipeline, Echo echo, long start)
    {
        const long Price = 100_00000000;
        long now = start;
        TradingEvent entry = new()
        {
            Kind = EventKind.EntryCommand, Count = 1, ReceivedAtNs = now, Side = OrderSide.Buy, Price = Price,
        };
        pipeline.PublishTick(0, now, now, Price, 1, 0);
        pipeline.Publish(in entry);
        echo.Settle(pipeline, now);
        for (int i = 0; i < TicksARound; i++)
        {
            now += EventTime.Second;
            long step = i < TicksARound / 2 ? i : -i / 2;
            pipeline.PublishTick(0, now, now, Price + (step * 5_0000000), 1, 0);
            TradingEvent timer = new() { Kind = EventKind.Timer, Count = 1, Product = -1, ReceivedAtNs = now };
            pipeline.Publish(in timer);
            echo.Settle(pipeline, now);
        }

        TradingEvent close = new()
        {
            Kind = EventKind.Control, Action = ControlAction.Liquidate, Count = (ushort)ExitReason.Liquidation,
            ReceivedAtNs = now,
        };
        pipeline.Publish(in close);
        echo.Settle(pipeline, now);
        return now + EventTime.Hour;
    }

    /// <summary>
    /// Answers every order at once: buys and market sells fill at their price, stops rest, cancels succeed.
    /// </summary>
    private sealed class Echo : IOrderSink, IStateSink
    {
        private const long MarketPrice = 100_00000000;

        private readonly Queue<OrderCommand> _commands = new();
        private readonly Queue<long> _intents = new();

        public void Submit(in OrderCommand command) => _commands.Enqueue(command);

        public void Append(in StateChange change)
        {
            if (change.WantsAnswer)
            {
                _intents.Enqueue(change.OrderSequence);
            }
        }

        public void Settle(TradingPipeline pipeline, long now)
        {
            pipeline.RunInline();
            while (_commands.Count > 0 || _intents.Count > 0 || pipeline.DrainOutbox() > 0)
            {
                while (_intents.TryDequeue(out long sequence))
                {
                    TradingEvent durable = new()
                    {
                        Kind = EventKind.IntentDurable, Count = 1, ReceivedAtNs = now, OrderSequence = sequence,
                    };
                    pipeline.Publish(in durable);
                }

                while (_commands.TryDequeue(out OrderCommand command))
                {
                    Answer(pipeline, in command, now);
                }

                pipeline.RunInline();
            }
        }

        private static void Answer(TradingPipeline pipeline, in OrderCommand command, long now)
        {
            TradingEvent report = new()
            {
                Kind = EventKind.OrderReport,
                Report = command.Kind switch
                {
                    OrderCommandKind.Cancel => ReportKind.Cancelled,
                    OrderCommandKind.Replace => ReportKind.Replaced,
                    _ => ReportKind.Ack,
                },
                Count = 1,
                ReceivedAtNs = now,
                OrderSequence = command.Sequence,
                RelatedSequence = command.Replaces,
                Side = command.Side,
                OrderType = command.Type,
                Price = command.Limit,
                Low = command.Trigger,
                Quantity = command.Quantity,
            };
            pipeline.Publish(in report);
            if (command.Kind == OrderCommandKind.Place && command.Type != OrderType.StopLimit)
            {
                report.Report = ReportKind.Fill;
                report.Price = command.Type == OrderType.Market ? MarketPrice : command.Limit;
                report.CumulativeQuantity = command.Quantity;
                report.FillValue = ProductSpec.ValueOf(report.Price, command.Quantity);
                report.Fee = 0.01m;
                pipeline.Publish(in report);
            }
        }
    }
}
