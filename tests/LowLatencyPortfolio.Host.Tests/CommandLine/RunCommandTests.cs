using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using LowLatencyPortfolio.Engine.Recording;
using LowLatencyPortfolio.Engine.Replay;
using LowLatencyPortfolio.Exchanges.Replay;
using LowLatencyPortfolio.Host.CommandLine;
using LowLatencyPortfolio.Host.Report;
using LowLatencyPortfolio.Host.Tests.Report;
using LowLatencyPortfolio.Persistence;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Host.Tests.CommandLine;

/// <summary>
/// What surrounds a replay: preparation before it, report and exit code after it. The replay only makes its database.
/// </summary>
public sealed class RunCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("llp-run-tests-").FullName;
    private readonly StringWriter _output = new() { NewLine = "\n" };
    private readonly StringWriter _error = new() { NewLine = "\n" };
    private readonly List<string> _databases = [];
    private ReplayRequest? _request;

    [Fact]
    public void Without_options_the_bundled_sample_is_prepared_and_reported()
    {
        Assert.Equal(ExitCode.Success, Run(Options()));
        Assert.Equal(10, _request!.Pairs.Length);
        Assert.Equal(22, _request.Entries.Count);
        Assert.All(_request.Pairs, pair => Assert.Equal(0.05m, pair.Config.TrailPct));
        Assert.True(File.Exists(_request.DatabasePath));
        string report = _output.ToString();
        Assert.StartsWith($"llp run: {RunReport.ScriptedHeading}\n", report, StringComparison.Ordinal);
        Assert.Contains(
            "\n10 products, 2023-12-08 00:00 to 2023-12-11 11:59 UTC, 50,359 rows\n", report, StringComparison.Ordinal);
        Assert.Contains(
            "\n1m bars as 4 ticks, inner order assumed | Fills: next tick, whole | "
            + "Fees: maker 0.6 %, taker 1.2 % | Slippage: 5 bp\n",
            report,
            StringComparison.Ordinal);
        Assert.DoesNotContain("Note:", report, StringComparison.Ordinal);
        Assert.EndsWith($"Database   {_request.DatabasePath}\n", report, StringComparison.Ordinal);
        Assert.Empty(_error.ToString());
    }

    [Fact]
    public void Every_run_of_the_sample_gets_a_database_of_its_own()
    {
        Run(Options());
        string first = _request!.DatabasePath;
        Run(Options());
        Assert.NotEqual(first, _request.DatabasePath);
    }

    [Fact]
    public void With_other_ticks_neither_the_samples_entries_nor_its_configuration_apply()
    {
        string ticks = WriteFile(
            "ABC-USD.csv", "time,price,size\n2024-01-01T00:00:00Z,1.5,2\n2024-01-01T00:00:01Z,1.25,0.5\n");
        Assert.Equal(ExitCode.Success, Run(Options() with { Ticks = [ticks] }));
        PairSetup pair = Assert.Single(_request!.Pairs);
        Assert.Equal(
            ("ABC-USD", 0.01m, 0.1m), (pair.ProductId, pair.Product.PriceIncrement, pair.Product.QuantityIncrement));
        Assert.Equal(0.02m, pair.Config.TrailPct);
        Assert.Empty(_request.Entries);
        string report = _output.ToString();
        Assert.StartsWith("llp run\n", report, StringComparison.Ordinal);
        Assert.Contains(
            "\n1 product, 2024-01-01 00:00 to 2024-01-01 00:00 UTC, 2 rows\n", report, StringComparison.Ordinal);
        Assert.Contains(
            "Note: no scripted entries (--entries): nothing will be bought\n", report, StringComparison.Ordinal);
        Assert.Contains(
            "Note: ABC-USD: not listed under products; increments taken from its data: "
            + "price 0.01, quantity 0.1, no minimum size\n",
            report,
            StringComparison.Ordinal);
    }

    [Fact]
    public void The_JSON_alone_goes_to_standard_output_when_asked()
    {
        Assert.Equal(ExitCode.Success, Run(Options() with { Json = "-" }));
        Assert.Equal(ResultJson.Text(ReportSamples.Result), _output.ToString());
        Assert.Contains("State hash 0123456789abcdef", _error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Bad_rows_are_told_on_standard_error_when_the_JSON_has_standard_output()
    {
        string[] rows = [.. Enumerable.Range(0, 200).Select(i => $"2024-01-01T00:{i / 60:00}:{i % 60:00}Z,1.5,2")];
        rows[100] = "2024-01-01T00:01:40Z,-1,2";
        string ticks = WriteFile("ABC-USD.csv", "time,price,size\n" + string.Join('\n', rows) + "\n");
        Assert.Equal(ExitCode.Success, Run(Options() with { Ticks = [ticks], Json = "-" }));
        Assert.Equal(ResultJson.Text(ReportSamples.Result), _output.ToString());
        Assert.Contains(
            $"Note: {ticks}: 1 of 200 rows are bad and left out; the first: line 102: ", _error.ToString(),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Entries_that_are_already_past_are_one_line()
    {
        RunCommand command = Command(request => MakeDatabase(request) with { EntriesPast = 3 });
        Assert.Equal(ExitCode.Success, command.Execute(Options()));
        Assert.Contains(
            "Note: entries already past, not after the last event of the database, not submitted: 3\n",
            _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_JSON_goes_to_a_file_beside_the_report()
    {
        string file = Path.Combine(_folder, "result.json");
        Assert.Equal(ExitCode.Success, Run(Options() with { Json = file }));
        using JsonDocument json = JsonDocument.Parse(File.ReadAllText(file));
        Assert.Equal(201_436, json.RootElement.GetProperty("ticks").GetInt64());
        Assert.Contains("State hash", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Faults_of_all_files_are_told_at_once_and_nothing_runs()
    {
        string config = WriteFile("c.json", """
            {
              "portfolio": { "totalCapital": 0 },
              "pairDefaults": { "trailPct": 5, "minRatchets": 1 },
              "pairs": [{ "productId": "BTC-USD" }, { "productId": "ETH-EUR" }],
              "paper": { "makerFee": 6 }
            }
            """);
        string entries = WriteFile("e.csv", "time,product_id,price,qty\n2023-12-08T00:00:00Z,BTC-US,1,1\n");
        int exit = Run(
            Options() with { Config = config, Entries = entries, Json = Path.Combine(_folder, "none", "x.json") });
        Assert.Equal(ExitCode.BadInput, exit);
        Assert.Null(_request);
        Assert.Empty(_output.ToString());
        string[] lines = _error.ToString().TrimEnd('\n').Split('\n');
        string[] expected =
        [
            $"llp: {config}: pairDefaults.minRatchets: unknown key; did you mean \"minRatchet\"?",
            $"llp: --json: folder {Path.Combine(_folder, "none")} does not exist",
            $"llp: {config}: pairDefaults.trailPct is 5; allowed: 0.002 to 0.5",
            $"llp: {config}: portfolio.totalCapital is 0; allowed: above 0",
            $"llp: {config}: portfolio.quoteCurrency is USD; allowed: the one quote of all pairs; ETH-EUR has another",
            $"llp: {config}: paper.makerFee 6 must be in [0, 0.1]",
            $"llp: {entries}:2: product_id \"BTC-US\" has no ticks in this run; did you mean BTC-USD?",
        ];
        Assert.Equal(expected.Length, lines.Length);
        Assert.All(expected.Zip(lines), pair => Assert.StartsWith(pair.First, pair.Second, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("--ticks")]
    [InlineData("--entries")]
    [InlineData("--config")]
    [InlineData("--db")]
    [InlineData("--json")]
    [InlineData("--record")]
    public void An_empty_argument_is_one_line_that_names_its_option(string option)
    {
        foreach (string empty in (string[])["", " "])
        {
            _error.GetStringBuilder().Clear();
            LlpCommandLine llp = new(Command(MakeDatabase).Execute, _ => 8, _ => 9);
            int exit = llp.Invoke(["run", option, empty], _output, _error);
            string line = Assert.Single(_error.ToString().TrimEnd('\n').Split('\n'));
            Assert.StartsWith($"llp: {option}: \"{empty}\" is not a file; allowed: ", line, StringComparison.Ordinal);
            Assert.Equal(ExitCode.BadInput, exit);
        }

        Assert.Null(_request);
    }

    [Fact]
    public void The_JSON_never_takes_the_place_of_a_file_of_the_run()
    {
        string folder = Directory.CreateDirectory(Path.Combine(_folder, "ticks")).FullName;
        string ticks = WriteFile("ticks/ABC-USD.csv", "time,price,size\n2024-01-01T00:00:00Z,1.5,2\n");
        string entries = WriteFile("e.csv", "time,product_id,price,qty\n");
        string config = WriteFile("c.json", "{}");
        string database = Path.Combine(_folder, "kept.db");
        RunOptions options =
            Options() with { Ticks = [folder], Entries = entries, Config = config, Database = database };
        string[] taken =
        [
            ticks, entries, config, database, database + "-wal", database + "-shm", database + ".lock",
            Path.Combine(_folder, "ticks", "..", "c.json"),
        ];
        foreach (string json in taken)
        {
            _error.GetStringBuilder().Clear();
            Assert.Equal(ExitCode.BadInput, Run(options with { Json = json }));
            string line = Assert.Single(_error.ToString().TrimEnd('\n').Split('\n'));
            Assert.StartsWith($"llp: --json: {json} belongs to the run's ", line, StringComparison.Ordinal);
        }

        Assert.Equal(ExitCode.BadInput, Run(options with { Record = entries }));
        Assert.Equal(ExitCode.BadInput, Run(options with { Record = "x.rec", Json = "./x.rec" }));
        Assert.Matches(@"x\.rec belongs to the run's result \(--json\); name another file\n$", _error.ToString());
        Assert.Null(_request);
        Assert.Equal("{}", File.ReadAllText(config));
        Assert.Equal(ExitCode.BadInput, Run(options with { Ticks = [ticks], Json = ticks }));
        Assert.Equal(
            ExitCode.Success, Run(Options() with { Ticks = [folder], Json = WriteFile("ticks/old.json", "{}") }));
    }

    [Fact]
    public void A_database_that_is_a_folder_or_in_none_is_a_faulty_argument()
    {
        Assert.Equal(ExitCode.BadInput, Run(Options() with { Database = _folder }));
        Assert.StartsWith($"llp: --db: {_folder} is a folder; ", _error.ToString(), StringComparison.Ordinal);
        _error.GetStringBuilder().Clear();
        Assert.Equal(ExitCode.BadInput, Run(Options() with { Database = Path.Combine(_folder, "none", "x.db") }));
        string missing = Path.Combine(_folder, "none");
        Assert.StartsWith(
            $"llp: --db: the folder {missing} does not exist; ", _error.ToString(), StringComparison.Ordinal);
        Assert.Null(_request);
    }

    [Fact]
    public void Data_of_another_quote_currency_is_refused_and_all_of_it_named()
    {
        string[] ticks =
        [
            WriteFile("AAA-EUR.csv", "time,price,size\n2024-01-01T00:00:00Z,1,1\n"),
            WriteFile("BBB-USDC.csv", "time,price,size\n2024-01-01T00:00:00Z,1,1\n"),
        ];
        Assert.Equal(ExitCode.BadInput, Run(Options() with { Ticks = ticks }));
        Assert.Contains("AAA-EUR, BBB-USDC have another", _error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_configured_pair_without_data_is_a_note()
    {
        string config = WriteFile("c.json", """{ "pairs": [{ "productId": "BTX-USD", "correlationGroup": "x" }] }""");
        Assert.Equal(ExitCode.Success, Run(Options() with { Config = config }));
        Assert.Contains(
            "Note: BTX-USD: configured, but there are no ticks of it; did you mean BTC-USD?\n",
            _output.ToString(),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_stopped_run_says_where_it_stopped_and_how_to_go_on()
    {
        int exit = Command(request =>
        {
            ReplayResult result = MakeDatabase(request);
            request.Progress!(1_000, ReportSamples.At("2023-12-09T13:20:30Z"));
            return result with { Finished = false };
        }).Execute(Options());
        Assert.Equal(ExitCode.Success, exit);
        Assert.Contains(
            $"Note: stopped on request at 2023-12-09 13:20 UTC, before the end of the data; "
            + $"the same command with --db {_request!.DatabasePath} continues from here\n",
            _output.ToString(),
            StringComparison.Ordinal);
    }

    [Fact]
    public void The_sample_runs_through_the_whole_engine()
    {
        string json = Path.Combine(_folder, "result.json");
        string database = Path.Combine(_folder, "kept.db");
        RunCommand command = new(_output, _error, isTerminal: false, ReplayRunner.Run);
        Assert.Equal(ExitCode.Success, command.Execute(Options() with { Json = json, Database = database }));
        using JsonDocument result = JsonDocument.Parse(File.ReadAllText(json));
        Assert.Equal(201_436, result.RootElement.GetProperty("ticks").GetInt64());
        string report = _output.ToString();
        Assert.All(report.Split('\n'), line => Assert.True(line.Length <= TextTable.MostColumns, line));
        string[] limits = ["maxPositionSizePct 5 ", "maxPositions 9 ", "maxCorrelatedExposurePct 16.5 "];
        Assert.All(limits, limit => Assert.Contains(limit, report, StringComparison.Ordinal));
        Assert.Contains(
            $"State hash {result.RootElement.GetProperty("stateHash").GetString()}\n", report,
            StringComparison.Ordinal);

        // The comparison walks ticks and fills on its own; it must come to what the engine's ledger says.
        decimal realized = decimal.Parse(
            result.RootElement.GetProperty("realizedPnl").GetString()!, CultureInfo.InvariantCulture);
        decimal unrealized = decimal.Parse(
            result.RootElement.GetProperty("unrealizedPnl").GetString()!, CultureInfo.InvariantCulture);
        Assert.Contains(
            $"with stops          {Money.Signed(realized + unrealized, "USD")} ", report, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Topology.Inline)]
    [InlineData(Topology.Fused)]
    public void The_recorded_sample_is_replayed_to_the_same_hash_under_every_topology(Topology recorded)
    {
        string json = Path.Combine(_folder, "result.json");
        string recording = Path.Combine(_folder, "sample.rec");
        RunCommand command = new(_output, _error, isTerminal: false, ReplayRunner.Run);
        RunOptions options = Options() with
        {
            Json = json, Database = Path.Combine(_folder, "kept.db"), Record = recording, Topology = recorded,
        };
        Assert.Equal(ExitCode.Success, command.Execute(options));
        using JsonDocument result = JsonDocument.Parse(File.ReadAllText(json));
        string hash = result.RootElement.GetProperty("stateHash").GetString()!;
        foreach (Topology played in new[] { Topology.Inline, Topology.Fused })
        {
            using StringWriter output = new() { NewLine = "\n" };
            Assert.Equal(ExitCode.Success, new ReplayCommand(output, _error).Execute(new(recording, played)));
            Assert.Contains("\nTicks      201,436\n", output.ToString(), StringComparison.Ordinal);
            Assert.EndsWith(
                $"\nState hash {hash}\nThe recorded run ended with the same state hash.\n", output.ToString(),
                StringComparison.Ordinal);
        }

        Assert.Equal(
            hash, RecordingReplay.Run(recording, Topology.Staged, requireCores: false).Hash.ToString());
        Assert.Empty(_error.ToString());
    }

    [Fact]
    public void A_run_that_the_loss_breaker_halted_says_so()
    {
        string sample = Path.Combine(AppContext.BaseDirectory, "sample", "config.json");
        JsonNode config = JsonNode.Parse(File.ReadAllText(sample))!;
        config["portfolio"]!["emergencyLiquidationLossPct"] = -0.05m;
        config["portfolio"]!["dailyLossPct"] = -0.04m;
        RunCommand command = new(_output, _error, isTerminal: false, ReplayRunner.Run);
        RunOptions options = Options() with
        {
            Config = WriteFile("c.json", config.ToJsonString()), Database = Path.Combine(_folder, "kept.db"),
        };
        Assert.Equal(ExitCode.Success, command.Execute(options));
        string report = _output.ToString();
        Assert.Matches(
            @"\n  Mode: HALTED since 2023-12-\d\d \d\d:\d\d UTC \(loss breaker tripped once\); entries are refused",
            report);
    }

    [Fact]
    public void Missing_data_is_one_line()
    {
        Assert.Equal(ExitCode.BadInput, Run(Options() with { Ticks = [Path.Combine(_folder, "BTC-USD.csv")] }));
        Assert.StartsWith(
            "llp: --ticks: ", Assert.Single(_error.ToString().TrimEnd('\n').Split('\n')), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(typeof(ReplayDataException), ExitCode.BadInput)]
    [InlineData(typeof(JournalException), ExitCode.Failed)]
    [InlineData(typeof(IOException), ExitCode.Failed)]
    [InlineData(typeof(ArgumentException), ExitCode.BadInput)]
    [InlineData(typeof(InvalidOperationException), ExitCode.Failed)]
    public void A_run_that_fails_is_one_line_and_its_exit_code(Type exception, int exitCode)
    {
        int exit = Command(request =>
        {
            _databases.Add(request.DatabasePath);
            throw (Exception)Activator.CreateInstance(exception, "no such luck")!;
        }).Execute(Options());
        Assert.Equal(exitCode, exit);
        Assert.EndsWith(
            "no such luck", Assert.Single(_error.ToString().TrimEnd('\n').Split('\n')), StringComparison.Ordinal);
        Assert.Empty(_output.ToString());
    }

    public void Dispose()
    {
        Directory.Delete(_folder, recursive: true);
        _databases.ForEach(database => Directory.Delete(Path.GetDirectoryName(database)!, recursive: true));
        _output.Dispose();
        _error.Dispose();
    }

    private static RunOptions Options() => new([], null, null, null, Topology.Inline, null, false);

    private string WriteFile(string name, string text)
    {
        string file = Path.Combine(_folder, name);
        File.WriteAllText(file, text);
        return file;
    }

    private int Run(RunOptions options) => Command(MakeDatabase).Execute(options);

    private RunCommand Command(Func<ReplayRequest, ReplayResult> replay) =>
        new(_output, _error, isTerminal: false, (request, _) =>
        {
            ReplayResult result = replay(request);
            request.Deliver?.Invoke(result);
            return result;
        });

    private ReplayResult MakeDatabase(ReplayRequest request)
    {
        _request = request;
        _databases.Add(request.DatabasePath);
        using StateJournal journal = StateJournal.Open(
            request.DatabasePath, new JournalOptions(), request.Portfolio, request.Pairs);
        journal.Complete();
        return ReportSamples.Result with { DatabasePath = request.DatabasePath };
    }
}
