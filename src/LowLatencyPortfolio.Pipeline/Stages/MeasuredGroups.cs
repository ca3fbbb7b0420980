using System.Runtime.InteropServices;
using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Pipeline;

/// <summary>Takes the risk gate's measured groups from one session into the next.</summary>
/// <param name="portfolio">Where they are kept.</param>
/// <param name="isKept">Whether anybody measures: groups that nobody would ever part are not taken over.</param>
internal sealed class MeasuredGroups(PortfolioManager portfolio, bool isKept)
{
    private const string SectionName = "groups-1";

    private readonly int[] _groups = new int[portfolio.PairCount];

    public void Save(CheckpointWriter writer)
    {
        for (int i = 0; i < _groups.Length; i++)
        {
            _groups[i] = portfolio.MeasuredGroup(i);
        }

        writer.Section(SectionName);
        writer.Write(MemoryMarshal.AsBytes(_groups.AsSpan()));
    }

    /// <exception cref="InvalidDataException">They are of other pairs.</exception>
    public void Restore(CheckpointReader reader)
    {
        if (reader.TrySection(SectionName))
        {
            Take(MemoryMarshal.Cast<byte, int>(reader.ReadBytes()));
        }
    }

    public void Recover(StoredPortfolio stored)
    {
        if (stored.MeasuredGroups.Count > 0)
        {
            Take([.. stored.MeasuredGroups]);
        }
    }

    private void Take(ReadOnlySpan<int> groups)
    {
        if (groups.Length != _groups.Length || groups.ContainsAnyExceptInRange(0, _groups.Length - 1))
        {
            throw new InvalidDataException($"{groups.Length} measured groups do not fit {_groups.Length} pairs");
        }

        for (int i = 0; isKept && i < groups.Length; i++)
        {
            portfolio.SetMeasuredGroup(i, groups[i]);
        }
    }
}
