namespace LowLatencyPortfolio.ExchangeSim.CommandLine;

/// <summary>What the program tells the shell.</summary>
internal static class ExitCode
{
    /// <summary>Stopped in order by a signal.</summary>
    public const int Success = 0;

    /// <summary>The server could not be started or failed: a port that is taken, a certificate.</summary>
    public const int Failed = 1;

    /// <summary>Arguments or files have faults.</summary>
    public const int BadInput = 2;
}
