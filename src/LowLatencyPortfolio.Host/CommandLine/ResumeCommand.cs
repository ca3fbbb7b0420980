using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Engine;
using LowLatencyPortfolio.Host.Configuration;
using LowLatencyPortfolio.Host.Report;
using LowLatencyPortfolio.Persistence;

namespace LowLatencyPortfolio.Host.CommandLine;

/// <summary><c>llp resume</c>: lets a stored portfolio that was stopped trade again.</summary>
/// <param name="output">Standard output: what came of it.</param>
/// <param name="error">Standard error: faults and refusals.</param>
internal sealed class ResumeCommand(TextWriter output, TextWriter error)
{
    /// <summary>Gives the instruction.</summary>
    /// <param name="options">From the command line.</param>
    /// <returns>One of <see cref="ExitCode"/>; a refusal is <see cref="ExitCode.Failed"/>.</returns>
    public int Execute(ResumeOptions options)
    {
        FaultLines faults = new();
        RunConfiguration? configuration = Read(options, faults);
        if (!faults.AreEmpty)
        {
            return Lines.Refuse(error, faults.Lines, ExitCode.BadInput);
        }

        try
        {
            ResumeResult result = PortfolioResume.Run(new ResumeRequest
            {
                DatabasePath = options.Database,
                Portfolio = configuration?.Portfolio,
                Paper = configuration?.Paper ?? new(),
                Rebase = options.Rebase,
            });
            return Tell(options, result);
        }
        catch (ConfigurationException e)
        {
            return Lines.Refuse(error, e.Message.Split('\n'), ExitCode.BadInput);
        }
        catch (Exception e) when (e is JournalException or InvalidOperationException or IOException
            or UnauthorizedAccessException or TimeoutException)
        {
            return Lines.Refuse(error, [e.Message], ExitCode.Failed);
        }
    }

    private static RunConfiguration? Read(ResumeOptions options, FaultLines faults)
    {
        if (!File.Exists(options.Database))
        {
            faults.Add("--db", $"\"{FaultLines.Shown(options.Database)}\" is not a file; name the database of a run");
        }

        if (options.Config is null)
        {
            return null;
        }

        RunConfiguration? configuration = ConfigurationFile.Load(options.Config, faults);
        if (configuration is not null)
        {
            ConfigurationReview.Check(options.Config, configuration, [], configuration.Products, faults, []);
        }

        return configuration;
    }

    private int Tell(ResumeOptions options, ResumeResult result)
    {
        string limit = $"equity {Money.Cents(result.Equity, result.QuoteCurrency)}, "
            + $"loss limit {Money.Cents(result.Floor, result.QuoteCurrency)} "
            + $"of a base of {Money.Cents(result.BreakerBase, result.QuoteCurrency)}";
        if (result.EntriesAllowed)
        {
            output.WriteLine(
                $"{options.Database}: entries waited for somebody to look at an order that could not be explained; the "
                + "next start takes them again");
        }

        if (result.IsLeftToNextStart)
        {
            output.WriteLine(
                $"{options.Database}: {Name(result.Before)} until the next start, which looks at the venue and lets it "
                + $"trade; {limit}");
            return ExitCode.Success;
        }

        if (result.After != TradingMode.Trading)
        {
            return Lines.Refuse(
                error,
                [$"{options.Database} stays {Name(result.After)}: {limit}; "
                    + "--rebase measures the limit from the current equity and resumes"],
                ExitCode.Failed);
        }

        output.WriteLine(result.Before == TradingMode.Trading
            ? $"{options.Database} is TRADING, there is nothing to resume; {limit}"
            : $"{options.Database}: {Name(result.Before)} -> TRADING; {limit}");
        return ExitCode.Success;
    }

    private static string Name(TradingMode mode) => mode switch
    {
        TradingMode.ReduceOnly => "REDUCE_ONLY",
        TradingMode.Halted => "HALTED",
        _ => "TRADING",
    };
}
