namespace LowLatencyPortfolio.Exchanges.Replay;

/// <summary>Which of one product's files are played: of overlapping ones the finest, the others one after
/// another.</summary>
internal static class FileChoice
{
    public static ReplayProduct Choose(string productId, IEnumerable<ReplayFile> files, List<string> notes)
    {
        var chosen = new List<ReplayFile>();
        foreach (ReplayFile file in files
            .OrderBy(file => file.IntervalNs)
            .ThenBy(file => file.FirstTimeNs)
            .ThenBy(file => file.Path, StringComparer.Ordinal))
        {
            ReplayFile? other = chosen.FirstOrDefault(taken => Overlap(taken, file));
            if (other is null)
            {
                chosen.Add(file);
            }
            else if (other.IntervalNs == file.IntervalNs)
            {
                throw new ReplayDataException(
                    $"{file.Path}: overlaps {other.Path}; both have {file.Interval} of {productId}: give one of them");
            }
            else
            {
                notes.Add(
                    $"{productId}: {other.Interval} taken; "
                    + $"{file.Path} ({file.Interval} of an overlapping time) left out");
            }
        }

        return new ReplayProduct(productId, [.. chosen.OrderBy(file => file.FirstTimeNs)]);
    }

    private static bool Overlap(ReplayFile a, ReplayFile b) =>
        a.FirstTimeNs < b.EndTimeNs && b.FirstTimeNs < a.EndTimeNs;
}
