using System.CommandLine;

namespace LowLatencyPortfolio.Host.CommandLine;

/// <summary>The words of <c>llp resume</c>.</summary>
internal static class ResumeCommandLine
{
    /// <summary>Makes the command.</summary>
    /// <param name="resume">Does it and returns the exit code.</param>
    public static Command Build(Func<ResumeOptions, int> resume)
    {
        Option<string> database = new("--db")
        {
            HelpName = "FILE",
            Description = "The database of the portfolio; no run may have it open.",
            Required = true,
        };
        Option<string> config = new("--config")
        {
            HelpName = "FILE",
            Description = "The configuration the portfolio runs with: its loss limit decides. "
                + "Default: defaults, with the capital of the database.",
        };
        Option<bool> rebase = new("--rebase")
        {
            Description = "Measures the loss limit from the current equity from now on, and resumes in any case.",
        };
        Command command = new("resume", "Lets a portfolio that a loss limit or a person stopped trade again.")
        {
            database, config, rebase,
        };
        command.SetAction(result => resume(new ResumeOptions(
            result.GetRequiredValue(database), result.GetValue(config), result.GetValue(rebase))));
        return command;
    }
}
