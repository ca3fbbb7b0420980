using Disruptor;
using Disruptor.Dsl;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.RingBuffer.Tests;

/// <summary>Every field of every slot is checked while the ring wraps thousands of times.</summary>
public class StressTests
{
    private const int RingSize = 64;

    public static TheoryData<string, int> Waits
    {
        get
        {
            var data = new TheoryData<string, int>();
            foreach (var kind in Enum.GetNames<RingAdapter.WaitKind>())
            {
                data.Add(kind, 1);
                data.Add(kind, 3);
            }

            return data;
        }
    }

    [Theory, MemberData(nameof(Waits))]
    public void No_slot_is_ever_stale_or_torn(string wait, int producers)
    {
        // More spinning threads than cores: each lap of the small ring then costs time slices of the scheduler.
        var kind = Enum.Parse<RingAdapter.WaitKind>(wait);
        var perProducer = (kind == RingAdapter.WaitKind.BusySpin ? 2_000 : 200_000) / producers;
        var strategy = RingAdapter.CreateWaitStrategy(kind);
        var type = producers == 1 ? ProducerType.Single : ProducerType.Multi;
        var disruptor = Rings.NewDisruptor(RingSize, type, strategy);
        var checks = new Check[] { new(producers, 1), new(producers, 1), new(producers, 2) };
        disruptor.HandleEventsWith(new Checking(checks[0]), new Checking(checks[1])).Then(new Checking(checks[2]));
        Rings.Start(disruptor);
        Rings.HaltOnFailure(disruptor, () => Eventually.Join([.. Enumerable.Range(0, producers).Select(producer =>
            Eventually.Thread(() => Produce(disruptor.RingBuffer, producer, perProducer)))]));
        Rings.Drain(disruptor);
        foreach (var check in checks)
        {
            Assert.Null(check.Fault);
            Assert.Equal((long)producers * perProducer, check.Count);
        }
    }

    /// <summary>Each event is the last before a pause, so a handler that sleeps must be woken every time.</summary>
    [Theory]
    [InlineData("Blocking")]
    [InlineData("SpinThenBlock")]
    public void No_wake_up_is_lost(string wait)
    {
        var strategy = RingAdapter.CreateWaitStrategy(Enum.Parse<RingAdapter.WaitKind>(wait));
        var disruptor = Rings.NewDisruptor(RingSize, ProducerType.Single, strategy);
        var handler = new Recorder();
        disruptor.HandleEventsWith(handler);
        Rings.Start(disruptor);
        var random = new Random(20261122);
        for (var i = 0; i < 8_000; i++)
        {
            disruptor.RingBuffer.PublishKeys(i, 1);
            var published = i + 1;
            if (handler.Count < published)
                Eventually.True(() => handler.Count == published);

            // Around the moment the handler goes from looking to sleeping.
            Thread.SpinWait(random.Next(400));
        }

        Rings.Drain(disruptor);
        Assert.Equal(8_000, handler.Count);
    }

    /// <summary>A producer's events carry its number in the low bits and count up in the high ones.</summary>
    private static void Produce(ValueRingBuffer<Ev> ring, int producer, int count)
    {
        for (var i = 0; i < count;)
        {
            if (i % 5 == 0 && i + 3 <= count)
            {
                using var batch = ring.PublishEvents(3);
                for (var j = 0; j < 3; j++)
                    batch.Event(j).Fill(KeyOf(producer, i++));
                continue;
            }

            using var scope = ring.PublishEvent();
            scope.Event().Fill(KeyOf(producer, i++));
        }
    }

    private static long KeyOf(int producer, int number) => ((long)number << 8) | (uint)producer;

    private sealed class Check(int producers, int stage)
    {
        private readonly long[] _nextNumber = new long[producers];

        public string? Fault { get; private set; }

        public long Count { get; private set; }

        public void See(ref Ev data, long sequence)
        {
            var producer = (int)(data.Key & 0xFF);
            var number = data.Key >> 8;
            if (!data.IsWhole)
                Fault ??= $"torn slot at {sequence}";
            else if (sequence != Count)
                Fault ??= $"sequence {sequence} after {Count - 1}";
            else if (number != _nextNumber[producer])
                Fault ??= $"event {number} of producer {producer} where {_nextNumber[producer]} was due";
            else if (stage == 2 && Volatile.Read(ref data.StageOne) != ~data.Hash)
                Fault ??= $"stage 2 before stage 1 at {sequence}";
            else
                _nextNumber[producer]++;
            if (stage == 1)
                Volatile.Write(ref data.StageOne, ~data.Hash);
            else
                data.StageTwo = sequence;
            Count++;
        }
    }

    private readonly struct Checking(Check check) : IValueEventHandler<Ev>
    {
        public void OnEvent(ref Ev data, long sequence, bool endOfBatch) => check.See(ref data, sequence);
    }
}
