using System.Text;
using LowLatencyPortfolio.Dashboard.CommandLine;
using LowLatencyPortfolio.Dashboard.Watch;
using LowLatencyPortfolio.Host.Run;
using Microsoft.Win32.SafeHandles;
using Spectre.Console;

IAnsiConsole? terminal = Console.IsOutputRedirected ? null : AnsiConsole.Console;
ViewCommand views = new(Console.Out, Console.Error, terminal);
WatchCommand watch = new(Console.Error, options => terminal is { Profile.Capabilities.Ansi: true } && !options.JsonOnly
    ? new TerminalSurface(Console.Out, terminal, "Ctrl-C ends")
    : new PipeSurface(PipeOutput(), Console.Error, options.JsonOnly));
return new DashboardCommandLine(
        views.Execute,
        (options, interval, make) =>
        {
            using StopSignal stop = new();
            stop.Listen();
            return watch.Execute(options, interval, make, stop.Token);
        })
    .Invoke(args, Console.Out, Console.Error);

// The console's own writer says nothing when its reader has gone, and a watch would go on for ever for nobody.
static TextWriter PipeOutput() => OperatingSystem.IsWindows()
    ? Console.Out
    : new StreamWriter(
        new FileStream(new SafeFileHandle(1, ownsHandle: false), FileAccess.Write, bufferSize: 0),
        new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
