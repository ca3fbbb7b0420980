using LowLatencyPortfolio.ExchangeSim.CommandLine;
using LowLatencyPortfolio.ExchangeSim.Hosting;

return new SimCommandLine(options => SimProgram.Run(options, Console.Out, Console.Error), Console.Error)
    .Invoke(args, Console.Out, Console.Error);
