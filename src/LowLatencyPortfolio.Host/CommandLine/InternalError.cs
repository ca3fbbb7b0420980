namespace LowLatencyPortfolio.Host.CommandLine;

/// <summary>What a person sees of an exception that nothing in the program expected.</summary>
internal static class InternalError
{
    /// <summary>Environment variable; 1 shows the stack trace.</summary>
    public const string DebugVariable = "LLP_DEBUG";

    /// <summary>Writes one line; with the stack trace below it only when asked for.</summary>
    /// <param name="error">Standard error.</param>
    /// <param name="exception">What was thrown.</param>
    /// <param name="withTrace">Whether somebody asked for the stack trace.</param>
    /// <param name="program">In which program it happened.</param>
    /// <returns><see cref="ExitCode.Failed"/>.</returns>
    public static int Write(TextWriter error, Exception exception, bool withTrace, string program = "llp")
    {
        string message = exception.Message.ReplaceLineEndings(" ").TrimEnd('.');
        error.WriteLine(
            $"{program}: internal error: {exception.GetType().Name}: {message}; set {DebugVariable}=1 for details");
        if (withTrace)
        {
            error.WriteLine(exception);
        }

        return ExitCode.Failed;
    }
}
