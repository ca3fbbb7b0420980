using LowLatencyPortfolio.Engine.Replay;
using LowLatencyPortfolio.Host.CommandLine;

bool isTerminal = !Console.IsOutputRedirected && !Console.IsErrorRedirected;
RunCommand run = new(Console.Out, Console.Error, isTerminal, ReplayRunner.Run);
ResumeCommand resume = new(Console.Out, Console.Error);
ReplayCommand replay = new(Console.Out, Console.Error);
CandlesCommand candles = new(Console.Out, Console.Error, isTerminal);
SignalsCommand signals = new(Console.Out, Console.Error, isTerminal);
LiveCommand live =
    new(Console.Out, Console.Error, isTerminal, Environment.GetEnvironmentVariable, replay.Execute);
return new LlpCommandLine(
        options => options.Feed is null ? run.Execute(options) : live.Execute(options), resume.Execute, replay.Execute,
        CandlesCommandLine.Build(candles.Execute), SignalsCommandLine.Build(signals.Execute))
    .Invoke(args, Console.Out, Console.Error);
