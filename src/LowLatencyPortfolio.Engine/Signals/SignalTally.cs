using System.Runtime.InteropServices;
using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Engine;

/// <summary>Counts what signals came to.</summary>
/// <remarks>Thread: one counts; verdicts and <see cref="Read"/> from any.</remarks>
internal sealed class SignalTally(PairSetup[] pairs)
{
    private const int LongestReason = 160;

    private readonly Lock _gate = new();
    private readonly long[] _holds = new long[1 + (int)Enum.GetValues<EntryHold>().Max()];
    private readonly long[] _verdicts = new long[1 + (int)Enum.GetValues<RiskVerdict>().Max()];
    private readonly long[] _failed = new long[pairs.Length];
    private readonly long[] _late = new long[pairs.Length];
    private readonly string[] _reasons = [.. Enumerable.Repeat(string.Empty, pairs.Length)];
    private Sums _sums;

    public void Round(long candles, long votes)
    {
        lock (_gate)
        {
            _sums.Rounds++;
            _sums.Candles += candles;
            _sums.Votes += votes;
        }
    }

    public void Check(int product, SignalCheck check)
    {
        lock (_gate)
        {
            switch (check.Outcome)
            {
                case SignalOutcome.Answered:
                    _sums.Answered++;
                    _sums.Proposed += check.Signal!.ShouldEnter ? 1 : 0;
                    break;
                case SignalOutcome.Late:
                    _late[product]++;
                    _reasons[product] = "no answer within the deadline";
                    break;
                default:
                    _failed[product]++;
                    _reasons[product] = Reason(check.Failure);
                    break;
            }
        }
    }

    public void Hold(EntryHold reason)
    {
        lock (_gate)
        {
            _holds[(int)reason]++;
        }
    }

    public void Submit()
    {
        lock (_gate)
        {
            _sums.Submitted++;
        }
    }

    /// <summary>What was said of an entry; no lock, for the stages' threads call it.</summary>
    public void Answer(RiskVerdict verdict) => Interlocked.Increment(ref _verdicts[(int)verdict]);

    public SignalReadings Read(CandleConsumer candles, FusionReadings? fusion)
    {
        lock (_gate)
        {
            return new SignalReadings
            {
                Rounds = _sums.Rounds,
                RoundsDropped = candles.DroppedRounds,
                Candles = _sums.Candles,
                Votes = _sums.Votes,
                CandlesLost = candles.LostCandles,
                LateTicks = candles.LateTicks,
                Answered = _sums.Answered,
                Failed = _failed.Sum(),
                LateAnswers = _late.Sum(),
                Proposed = _sums.Proposed,
                HeldBack = Counted<EntryHold>(_holds),
                Submitted = _sums.Submitted,
                Verdicts = Counted<RiskVerdict>(_verdicts),
                Fusion = fusion,
                Faults = [.. pairs
                    .Where(pair => _failed[pair.Index] + _late[pair.Index] > 0)
                    .Select(pair => new PairSignalFaults(
                        pair.ProductId, _failed[pair.Index], _late[pair.Index], _reasons[pair.Index]))],
            };
        }
    }

    public void Save(CheckpointWriter writer)
    {
        writer.Section("tally-1");
        Sums sums = _sums;
        writer.Write(MemoryMarshal.AsBytes(new ReadOnlySpan<Sums>(in sums)));
        writer.Write(MemoryMarshal.AsBytes(_holds.AsSpan()));
        writer.Write(MemoryMarshal.AsBytes(_verdicts.AsSpan()));
        writer.Write(MemoryMarshal.AsBytes(_failed.AsSpan()));
        writer.Write(MemoryMarshal.AsBytes(_late.AsSpan()));

        foreach (string reason in _reasons)
        {
            writer.Write(reason);
        }
    }

    public void Restore(CheckpointReader reader)
    {
        reader.Section("tally-1");
        _sums = MemoryMarshal.Read<Sums>(reader.ReadBytes());
        MemoryMarshal.Cast<byte, long>(reader.ReadBytes()).CopyTo(_holds);
        MemoryMarshal.Cast<byte, long>(reader.ReadBytes()).CopyTo(_verdicts);
        MemoryMarshal.Cast<byte, long>(reader.ReadBytes()).CopyTo(_failed);
        MemoryMarshal.Cast<byte, long>(reader.ReadBytes()).CopyTo(_late);

        for (int i = 0; i < _reasons.Length; i++)
        {
            _reasons[i] = reader.ReadString();
        }
    }

    private static Dictionary<TKind, long> Counted<TKind>(long[] counts)
        where TKind : struct, Enum => Enum.GetValues<TKind>()
        .Select(kind => (Kind: kind, Count: counts[Convert.ToInt32(kind, null)]))
        .Where(counted => counted.Count > 0)
        .ToDictionary(counted => counted.Kind, counted => counted.Count);

    // One line, for a report and for a checkpoint, which keeps ASCII.
    private static string Reason(Exception? failure)
    {
        string line = failure is null
            ? "no reason was given"
            : $"{failure.GetType().Name}: {failure.Message.ReplaceLineEndings(" ")}";
        string cut = line.Length <= LongestReason ? line : line[..LongestReason];
        return string.Concat(cut.Select(letter => char.IsAscii(letter) ? letter : '?'));
    }

    private struct Sums
    {
        public long Rounds;
        public long Candles;
        public long Votes;
        public long Answered;
        public long Proposed;
        public long Submitted;
    }
}
