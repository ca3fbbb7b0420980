namespace LowLatencyPortfolio.Host.CommandLine;

/// <summary>What the program tells the shell.</summary>
internal static class ExitCode
{
    /// <summary>Done, or stopped in order by a signal.</summary>
    public const int Success = 0;

    /// <summary>The run could not be done or finished: the database, the disk, a result file.</summary>
    public const int Failed = 1;

    /// <summary>Arguments, configuration, entries or market data have faults.</summary>
    public const int BadInput = 2;

    /// <summary><c>--reconcile report</c> found differences; nothing was done about them.</summary>
    public const int Differs = 3;
}
