using System.Buffers.Binary;
using System.Text;
using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Engine.Recording;
using LowLatencyPortfolio.Engine.Replay;
using LowLatencyPortfolio.Engine.Tests.Replay;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Engine.Tests.Recording;

/// <summary>What a recording is for: the same decisions again, from nothing but the events in their order.</summary>
public sealed class RecordingTests : IDisposable
{
    private const int Ticks = 1_500;

    private readonly ReplayScenario _scenario = new(seed: 11, ticks: Ticks, latencyMs: 40);

    private string File => Path.Combine(_scenario.Folder, "run.rec");

    public static TheoryData<Topology, Topology> Topologies
    {
        get
        {
            TheoryData<Topology, Topology> data = [];
            foreach (Topology recorded in Enum.GetValues<Topology>())
            {
                foreach (Topology played in Enum.GetValues<Topology>())
                {
                    data.Add(recorded, played);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Topologies))]
    public void A_recorded_run_comes_to_the_same_hash_under_every_topology(Topology recorded, Topology played)
    {
        ReplayResult run = Record(_scenario.Request("run") with { Topology = recorded });
        Assert.True(run.Counters.Fills > 20, $"{run.Counters.Fills} fills are too few to prove anything");
        RecordingResult again = RecordingReplay.Run(File, played, requireCores: false);
        Assert.Null(again.Fault);
        Assert.Equal((run.Hash, run.Hash), (again.Hash, again.RecordedHash));
        Assert.Equal((3L * Ticks, 3, false), (again.Ticks, again.Pairs, again.Differs));
        Assert.True(again.Events > again.Ticks);
    }

    [Fact]
    public void A_run_that_goes_on_is_recorded_from_where_it_stood()
    {
        ReplayRequest request = _scenario.Request("run");
        ReplayResult whole = ReplayMarket.Run(_scenario.Request("whole"));
        using CancellationTokenSource stop = new();
        ReplayResult half = ReplayRunner.Run(
            request with { ProgressInterval = 300, Progress = (_, _) => stop.Cancel() }, stop.Token);
        Assert.False(half.Finished);
        ReplayResult rest = Record(request);
        Assert.Equal(whole.Hash, rest.Hash);
        RecordingResult again = RecordingReplay.Run(File);
        Assert.Equal((rest.Hash, (3 * Ticks) - half.EventsFed), (again.Hash, again.Ticks));
    }

    [Fact]
    public void A_loss_breaker_that_trips_and_liquidates_comes_to_the_same_hash()
    {
        using ReplayMarket market = new()
        {
            Portfolio = new PortfolioConfig { DailyLossPct = -0.1m, EmergencyLiquidationLossPct = -0.2m },
        };
        ReplayResult run = Record(market.Request(1, [100m, 100m, 98m, 95m, 95m, 95m, 95m], enter: true) with
        {
            Pairs = ReplayMarket.Pairs("BTC-USD", 0.01m, trail: 0.2m), Topology = Topology.Fused,
        });
        Assert.Equal(1, run.Counters.BreakerTrips);
        Assert.Equal(run.Hash, RecordingReplay.Run(File).Hash);
    }

    [Fact]
    public void A_recording_never_changes_the_run()
    {
        ReplayResult plain = ReplayMarket.Run(_scenario.Request("plain"));
        ReplayResult recorded = Record(_scenario.Request("recorded"));
        Assert.Equal(plain.Hash, recorded.Hash);
        Assert.Equal(
            ReplayScenario.Rows(_scenario.Database("plain")), ReplayScenario.Rows(_scenario.Database("recorded")));
    }

    [Fact]
    public void A_recording_that_was_broken_off_is_played_as_far_as_it_goes()
    {
        Record(_scenario.Request("run"));
        byte[] bytes = System.IO.File.ReadAllBytes(File);
        long events = RecordingReplay.Run(File).Events;

        System.IO.File.WriteAllBytes(File, bytes[..^64]);
        RecordingResult noEnd = RecordingReplay.Run(File);
        Assert.Equal((events, null), (noEnd.Events, noEnd.RecordedHash));
        Assert.Equal($"{File}: it has no end, so its run was broken off; {events} events were played", noEnd.Fault);

        System.IO.File.WriteAllBytes(File, bytes[..^100]);
        RecordingResult cut = RecordingReplay.Run(File);
        Assert.Equal(events - 1, cut.Events);
        Assert.Matches($@"^.*: its last record, at byte \d+, is cut off; {cut.Events} events were played$", cut.Fault);
    }

    [Fact]
    public void A_record_of_a_pair_that_is_not_there_ends_the_playing()
    {
        Record(_scenario.Request("run"));
        byte[] bytes = System.IO.File.ReadAllBytes(File);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(FirstRecord(bytes) + 4), 3);
        System.IO.File.WriteAllBytes(File, bytes);
        RecordingResult damaged = RecordingReplay.Run(File);
        Assert.Equal(
            ($"{File}: its record at byte {FirstRecord(bytes)} is damaged; 0 events were played", 0L),
            (damaged.Fault, damaged.Events));
    }

    [Fact]
    public void Another_hash_than_the_recorded_one_is_told()
    {
        ReplayResult run = Record(_scenario.Request("run"));
        byte[] bytes = System.IO.File.ReadAllBytes(File);
        bytes[^56] ^= 1;
        System.IO.File.WriteAllBytes(File, bytes);
        RecordingResult again = RecordingReplay.Run(File);
        Assert.Equal((run.Hash, true, null), (again.Hash, again.Differs, again.Fault));
    }

    [Theory]
    [InlineData(0, "is not a recording of llp run --record")]
    [InlineData(7, "is not a recording of llp run --record")]
    [InlineData(15, "is cut off in its heading; nothing of the run is left")]
    [InlineData(500, "is cut off in its heading; nothing of the run is left")]
    public void A_file_that_ends_in_its_heading_is_refused_in_one_line(int bytes, string reason)
    {
        Record(_scenario.Request("run"));
        System.IO.File.WriteAllBytes(File, System.IO.File.ReadAllBytes(File)[..bytes]);
        Assert.Equal($"{File}: {reason}", Assert.Throws<RecordingException>(() => RecordingReplay.Run(File)).Message);
    }

    [Fact]
    public void Foreign_newer_and_damaged_files_are_refused_in_one_line()
    {
        Record(_scenario.Request("run"));
        byte[] bytes = System.IO.File.ReadAllBytes(File);
        Refused(
            bytes, at: 8, value: 4, "is a recording of version 4, this program knows 3; use the program that wrote it");
        Refused(bytes, at: 0, value: (byte)'X', "is not a recording of llp run --record");
        Refused(bytes, at: 20, value: (byte)'[', "its heading is damaged: ");
        Refused(bytes, at: bytes.AsSpan().IndexOf(Encoding.ASCII.GetBytes(CheckpointLayout.Mark)), value: (byte)'x',
            "the state it begins with is laid out by another version of this program; use that one");
        Refused(bytes, at: FirstRecord(bytes) - StateBytes(bytes) + 9, value: 0,
            "the state it begins with cannot be taken: ");
        System.IO.File.Delete(File);
        Assert.StartsWith(
            $"{File}: cannot be read: ", Assert.Throws<RecordingException>(() => RecordingReplay.Run(File)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_no_recording_is_never_overwritten()
    {
        System.IO.File.WriteAllText(File, "time,price,size\n");
        IOException refused = Assert.Throws<IOException>(() => Record(_scenario.Request("run")));
        Assert.Contains("is not a recording and is left alone", refused.Message, StringComparison.Ordinal);
        Assert.Equal("time,price,size\n", System.IO.File.ReadAllText(File));
    }

    [Fact]
    public void A_refused_run_leaves_the_recording_before_it_and_makes_none()
    {
        ReplayResult run = Record(_scenario.Request("run"));
        Assert.ThrowsAny<Exception>(() => Record(_scenario.Request("run")));     // the database holds the finished run
        Assert.Equal(run.Hash, RecordingReplay.Run(File).Hash);
        System.IO.File.Delete(File);
        Assert.ThrowsAny<Exception>(() => Record(_scenario.Request("run")));
        Assert.False(System.IO.File.Exists(File));
    }

    public void Dispose() => _scenario.Dispose();

    private ReplayResult Record(ReplayRequest request)
    {
        ReplayResult result = ReplayMarket.Run(request with { RecordPath = File, CheckpointInterval = 1_000 });
        Assert.Null(result.RecordingFault);
        return result;
    }

    private void Refused(byte[] bytes, int at, byte value, string reason)
    {
        byte[] changed = [.. bytes];
        changed[at] = value;
        System.IO.File.WriteAllBytes(File, changed);
        string message = Assert.Throws<RecordingException>(() => RecordingReplay.Run(File)).Message;
        Assert.StartsWith($"{File}: {reason}", message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
    }

    private static int FirstRecord(byte[] bytes) =>
        20 + BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(12)) + StateBytes(bytes);

    private static int StateBytes(byte[] bytes) => BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(16));
}
