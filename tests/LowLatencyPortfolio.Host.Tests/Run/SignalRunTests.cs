using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Engine;
using LowLatencyPortfolio.Engine.Replay;
using LowLatencyPortfolio.Host.CommandLine;
using LowLatencyPortfolio.Host.Configuration;
using LowLatencyPortfolio.Host.Report;
using LowLatencyPortfolio.Host.Run;
using LowLatencyPortfolio.Host.Tests.Report;
using LowLatencyPortfolio.Pipeline;
using LowLatencyPortfolio.Signals;

namespace LowLatencyPortfolio.Host.Tests.Run;

/// <summary><c>--signals</c>: its configuration, its arguments, and what is said of it in the end.</summary>
public sealed class SignalRunTests
{
    private static readonly SignalReadings Readings = new()
    {
        Rounds = 1_007, RoundsDropped = 0, Candles = 10_070, CandlesLost = 0, LateTicks = 3, Votes = 784,
        Answered = 10_069, Failed = 1, LateAnswers = 0, Proposed = 38,
        HeldBack = new Dictionary<EntryHold, long> { [EntryHold.CoolingDown] = 2 },
        Submitted = 36,
        Verdicts = new Dictionary<RiskVerdict, long>
        {
            [RiskVerdict.Approved] = 29, [RiskVerdict.PositionCountAboveLimit] = 7,
        },
        Faults = [new PairSignalFaults("DOGE-USD", 1, 0, "InvalidOperationException: no")],
    };

    [Fact]
    public void Every_key_of_the_section_arrives_where_its_name_says()
    {
        SignalOptions read = Read("""
            {
              "signals": {
                "candleSeconds": 60, "historyCandles": 7, "rsiPeriod": 8, "rsiLevel": "31.5", "macdFast": 9,
                "macdSlow": 10, "macdSignal": 11, "atrPeriod": 12, "windowCandles": 13, "bollingerWidth": 1.5,
                "confirmationWindow": 14, "entryPrice": "atrFraction", "entryOffsetBps": 15, "entryAtrFraction": 0.25,
                "cooldownCandles": 16, "closeDelayMs": 17
              }
            }
            """, out FaultLines faults).Signals;
        Assert.True(faults.AreEmpty);
        SignalOptions expected = new()
        {
            Confirmation = new ConfirmationSettings
            {
                CandleSeconds = 60, HistoryCandles = 7, RsiPeriod = 8, RsiLevel = 31.5m, MacdFast = 9, MacdSlow = 10,
                MacdSignal = 11, AtrPeriod = 12, WindowCandles = 13, BollingerWidth = 1.5m, ConfirmationWindow = 14,
                EntryPrice = EntryPriceMode.AtrFraction, EntryOffsetBps = 15m, EntryAtrFraction = 0.25m,
            },
            CooldownCandles = 16,
            CloseDelayMs = 17,
        };
        Assert.Equal(expected, read);
        Assert.Empty(read.Check());
    }

    [Fact]
    public void All_faults_of_the_section_are_told_at_once()
    {
        RunConfiguration read = Read("""
            {
              "signals": {
                "candleSeconds": 86401, "macdSlow": 5, "entryPrice": "market", "cooldownCandles": -1, "rsi": 14
              }
            }
            """, out FaultLines faults);
        ConfigurationReview.Check("c.json", read, [], [], faults, []);
        string[] lines = [.. faults.Lines.Where(line => line.Contains("signals", StringComparison.Ordinal))];
        Assert.Contains(
            lines, line => line.Contains("entryPrice is \"market\"; allowed: last", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("rsi", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("signals.candleSeconds", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("signals.macdSlow", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("signals.cooldownCandles", StringComparison.Ordinal));
    }

    [Fact]
    public void The_fused_model_is_off_until_it_is_switched_on_and_every_key_is_read()
    {
        Assert.Equal(new FusionSettings(), Read("{}", out _).Signals.Fusion);
        RunConfiguration read = Read("""
            {
              "signals": { "fusion": {
                "enabled": true, "minProbability": 0.35, "requireVotes": false, "versionCloses": 12,
                "horizonCloses": 6, "costThreshold": 0.004, "leaders": 1, "halfLifeCloses": 100.5, "ridge": 3,
                "warmUpCloses": 50 } }
            }
            """, out FaultLines faults);
        Assert.True(faults.AreEmpty);
        Assert.Equal(
            new FusionSettings
            {
                Enabled = true, MinProbability = 0.35m, RequireVotes = false, VersionCloses = 12,
                Model = new FusionOptions
                {
                    HorizonCloses = 6, CostThreshold = 0.004, Leaders = 1, HalfLifeCloses = 100.5, Ridge = 3,
                    WarmUpCloses = 50,
                },
            },
            read.Signals.Fusion);
    }

    [Fact]
    public void All_faults_of_the_fused_model_are_told_at_once()
    {
        RunConfiguration read = Read("""
            { "signals": { "fusion": { "enabled": "yes", "minProbability": 5, "ridge": 0, "leader": 3 } } }
            """, out FaultLines faults);
        ConfigurationReview.Check("c.json", read, [], [], faults, []);
        Assert.Equal(
            [
                "c.json: signals.fusion.enabled is \"yes\"; allowed: true or false",
                "c.json: signals.fusion.leader: unknown key; did you mean \"leaders\"?",
                "c.json: signals.fusion.minProbability is 5; allowed: above 0, below 1; 0.5 means more likely than not",
                "c.json: signals.fusion.ridge is 0; allowed: above 0 (examples)",
            ],
            faults.Lines.Where(line => line.Contains("fusion", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_report_of_a_run_with_the_fused_model_says_what_it_has_learned()
    {
        SignalReadings readings = Readings with { Fusion = new FusionReadings(962, 9_620, 0.07, 4) };
        using StringWriter text = new() { NewLine = "\n" };
        RunReport.Write(text, ReportSamples.Input() with
        {
            ScriptedEntries = false, Result = ReportSamples.Result with { Signals = readings },
        });
        Assert.Contains(
            "   9,620  outcomes that the fused model has learned\n       4  newest version of its parameters\n",
            text.ToString(), StringComparison.Ordinal);
        Assert.Contains(
            "  \"fusionSamples\": 9620,\n  \"fusionVersion\": 4,\n  \"stateHash\"",
            ResultJson.Text(ReportSamples.Result with { Signals = readings }), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_key_of_the_section_correlation_arrives_where_its_name_says()
    {
        CorrelationOptions? read = Read("""
            {
              "signals": { "candleSeconds": 60 },
              "correlation": {
                "enabled": true, "halfLifeCloses": 144.5, "warmUpCloses": 20, "maxGapCloses": 3,
                "joinCorrelation": "0.8", "leaveCorrelation": 0.6, "confirmCloses": 4, "historyCloses": 250
              }
            }
            """, out FaultLines faults).Signals.Correlation;
        Assert.True(faults.AreEmpty);
        Assert.Equal(
            new CorrelationOptions
            {
                HalfLifeCloses = 144.5, WarmUpCloses = 20, MaxGapCloses = 3, JoinCorrelation = 0.8,
                LeaveCorrelation = 0.6, ConfirmCloses = 4, HistoryCloses = 250,
            },
            read);
        Assert.Equal(new CorrelationOptions(), Read("{}", out _).Signals.Correlation);
        Assert.Null(Read("""{ "correlation": { "enabled": false } }""", out _).Signals.Correlation);
    }

    [Fact]
    public void All_faults_of_the_section_correlation_are_told_at_once()
    {
        RunConfiguration read = Read("""
            {
              "correlation": {
                "halfLifeCloses": 0, "warmUpCloses": 1, "joinCorrelation": 1, "confirmCloses": 101, "historyCloses": 1,
                "enabled": "yes", "lambda": 0.94
              }
            }
            """, out FaultLines faults);
        ConfigurationReview.Check("c.json", read, [], [], faults, []);
        foreach (string key in (string[])
        [
            "halfLifeCloses", "warmUpCloses", "joinCorrelation", "confirmCloses", "historyCloses", "enabled", "lambda",
        ])
        {
            Assert.Contains(
                faults.Lines, line => line.Contains($"correlation.{key}", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Signals_and_a_script_do_not_go_together()
    {
        FaultLines faults = new();
        ArgumentReview.Check(Options() with { Entries = "e.csv" }, faults);
        Assert.Equal(
            ["--signals: not with --entries: signals find the entries, or a file scripts them; leave one out"],
            faults.Lines);
    }

    [Fact]
    public void The_sample_plays_with_signals_and_without_its_script()
    {
        FaultLines faults = new();
        List<string> notes = [];
        ReplayRequest request = new RunPreparation(faults, notes).Prepare(Options(), new RunProgress())!;
        Assert.True(faults.AreEmpty);
        Assert.Empty(request.Entries);
        Assert.Equal(new SignalOptions(), request.Signals!.Options);
        Assert.IsType<ConfirmationGenerator>(request.Signals.Generator(request.Pairs));
        Assert.Equal(
            "entries come from signals: candles of 300 s, every vote can be cast after 35 of them; after an exit 3 have "
            + "to pass; groups are measured after 84",
            Assert.Single(notes));
        ReplayRequest scripted = new RunPreparation(faults, notes)
            .Prepare(Options() with { Signals = false }, new RunProgress())!;
        Assert.Null(scripted.Signals);
        Assert.NotEqual(ReplayIdentity.Of(scripted).Configuration, ReplayIdentity.Of(request).Configuration);
        File.Delete(request.DatabasePath);
    }

    [Fact]
    public void The_report_says_what_was_looked_at_and_what_became_of_it()
    {
        using StringWriter text = new() { NewLine = "\n" };
        RunReport.Write(text, ReportSamples.Input() with
        {
            ScriptedEntries = false,
            EntriesOverdue = 4,
            Result = ReportSamples.Result with { Signals = Readings },
        });
        string report = text.ToString();
        Assert.StartsWith($"llp run: {RunReport.SignalHeading}\n", report, StringComparison.Ordinal);
        Assert.Contains(
            """

            Signals
               Count  What
               1,007  closes of candles that were judged
              10,070  candles
                 784  votes cast
                  38  entries proposed
                   2    held back: the pair has just sold (cooldownCandles)
                  36    given to the risk gate
                  29      sent
                   7      refused, by the limits below
                   4  cancelled unfilled after maxEntryWaitCandles
                   3  ticks came after their candle was closed
                   1  signals of DOGE-USD failed (1) or came late (0); last: InvalidOperationException: no

            """,
            report,
            StringComparison.Ordinal);
        Assert.All(report.Split('\n'), line => Assert.True(line.Length <= 120, line));
    }

    [Fact]
    public void The_result_for_programs_has_keys_for_them_before_the_hash()
    {
        string json = ResultJson.Text(ReportSamples.Result with { Signals = Readings });
        Assert.Contains(
            """
              "winRatePct": "50",
              "signalRounds": 1007,
              "signalCandles": 10070,
              "signalVotes": 784,
              "signalsProposed": 38,
              "signalsHeldBack": 2,
              "signalsSubmitted": 36,
              "signalsSent": 29,
              "signalsFailed": 1,
              "signalsLate": 0,
              "stateHash": "0123456789abcdef",
            """,
            json,
            StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_positions_risk_together_is_reported_for_people_and_for_programs()
    {
        RiskReadings risk = new()
        {
            ClosedAtNs = 1, Closes = 1_007, MeasuredPairs = 10, MeanCorrelation = 0.738, GroupChanges = 9,
            Groups = [[.. Enumerable.Range(10, 20).Select(i => $"PP{i}-USD")], ["X-USD", "Y-USD"]],
            Heat = new PortfolioHeat(120.5m, 3_000m, 1), HeatPct = 3.12m, ValueAtRisk = 2_345.678,
            HistoricalValueAtRisk = null, EffectiveBets = 1.26, UnmeasuredValue = 0,
        };
        ReplayResult result = ReportSamples.Result with { Signals = Readings with { Risk = risk } };
        using StringWriter text = new() { NewLine = "\n" };
        RunReport.Write(text, ReportSamples.Input() with { Result = result });
        Assert.Contains(
            """

            Risk of what is held (value at risk and bets are estimates)
              Heat: $120.50 to the stops, $3,000.00 without a stop (3.12 % of equity)
              Value at risk of a day, 99 %: $2,346, by the closes remembered: too few yet
              Effective bets: 1.3 | Measured: 10 pairs over 1,007 closes, mean correlation 0.74 | Changes of group: 9
              Measured group: PP10-USD, PP11-USD, PP12-USD, PP13-USD, PP14-USD, PP15-USD, PP16-USD, PP17-USD and 12 more
              Measured group: X-USD, Y-USD

            """,
            text.ToString(),
            StringComparison.Ordinal);
        Assert.All(text.ToString().Split('\n'), line => Assert.True(line.Length <= 120, line));
        Assert.Contains(
            """
              "signalsLate": 0,
              "heat": "120.5",
              "heatUnprotected": "3000",
              "valueAtRisk": 2345.68,
              "historicalValueAtRisk": null,
              "effectiveBets": 1.26,
              "measuredPairs": 10,
              "groupChanges": 9,
              "measuredGroups": [
                "PP10-USD
            """,
            ResultJson.Text(result),
            StringComparison.Ordinal);
    }

    [Fact]
    public void An_estimate_that_nobody_has_measured_is_none()
    {
        RiskReadings young = new()
        {
            ClosedAtNs = 1, Closes = 3, MeasuredPairs = 0, MeanCorrelation = 0, GroupChanges = 0, Groups = [],
            Heat = new PortfolioHeat(120.5m, 0m, 0), HeatPct = null, ValueAtRisk = null, HistoricalValueAtRisk = null,
            EffectiveBets = null, UnmeasuredValue = 3_997.11,
        };
        ReplayResult result = ReportSamples.Result with { Signals = Readings with { Risk = young } };
        using StringWriter text = new() { NewLine = "\n" };
        RunReport.Write(text, ReportSamples.Input() with { Result = result });
        Assert.Contains(
            """
              Value at risk of a day, 99 %: -, by the closes remembered: too few yet
              Effective bets: - | Measured: 0 pairs over 3 closes, mean correlation 0.00 | Changes of group: 0
              In neither, because not measured yet: $3,997 of what is held
            """,
            text.ToString(), StringComparison.Ordinal);
        Assert.Contains(
            """
              "valueAtRisk": null,
              "historicalValueAtRisk": null,
              "effectiveBets": null,
            """,
            ResultJson.Text(result), StringComparison.Ordinal);
    }

    private static RunConfiguration Read(string json, out FaultLines faults)
    {
        faults = new FaultLines();
        return ConfigurationFile.Parse("c.json", json, faults)!;
    }

    private static RunOptions Options() =>
        new([], null, null, null, Topology.Inline, null, Recapitalize: false) { Signals = true };
}
