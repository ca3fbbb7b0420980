using LowLatencyPortfolio.Signals;
using NSubstitute;
using NSubstitute.ExceptionExtensions;

namespace LowLatencyPortfolio.Engine.Tests;

public sealed class SignalCheckTests
{
    private readonly ISignalGenerator _generator = Substitute.For<ISignalGenerator>();

    public SignalCheckTests() => _generator
        .GenerateAsync(Arg.Any<string>(), Arg.Any<MarketSnapshot>(), Arg.Any<CancellationToken>())
        .Returns(call => ValueTask.FromResult(Market.Buy(call.Arg<string>())));

    [Fact]
    public async Task A_pair_that_throws_and_one_that_is_late_do_not_hurt_the_others()
    {
        TaskCompletionSource<EntrySignal> never = new();
        _generator.GenerateAsync("BTC-USD", Arg.Any<MarketSnapshot>(), Arg.Any<CancellationToken>())
            .Throws(new InvalidOperationException("no candles"));
        _generator.GenerateAsync("SOL-USD", Arg.Any<MarketSnapshot>(), Arg.Any<CancellationToken>())
            .Returns(new ValueTask<EntrySignal>(never.Task));
        await using MultiPairOrchestrator orchestrator = Started(TimeSpan.FromMilliseconds(300));

        IReadOnlyList<SignalCheck> checks = await Until.Done(orchestrator.CheckAllEntriesAsync());

        Assert.Equal(Market.Five, checks.Select(check => check.ProductId));
        Assert.Equal(
            [SignalOutcome.Answered, SignalOutcome.Failed, SignalOutcome.Answered,
                SignalOutcome.Late, SignalOutcome.Answered],
            checks.Select(check => check.Outcome));
        Assert.Equal("no candles", checks[1].Failure!.Message);
        Assert.All(checks, check => Assert.Equal(check.Outcome == SignalOutcome.Answered, check.Signal is not null));
        await _generator.Received(5).GenerateAsync(
            Arg.Any<string>(), Arg.Any<MarketSnapshot>(), Arg.Any<CancellationToken>());
    }

    [Fact]
    public async Task All_pairs_are_asked_at_once()
    {
        using CountdownEvent asked = new(Market.Five.Length);
        _generator.GenerateAsync(Arg.Any<string>(), Arg.Any<MarketSnapshot>(), Arg.Any<CancellationToken>())
            .Returns(call => new ValueTask<EntrySignal>(AnswerAsync(call.Arg<string>())));
        await using MultiPairOrchestrator orchestrator = Started(TimeSpan.FromSeconds(30));
        IReadOnlyList<SignalCheck> checks = await Until.Done(orchestrator.CheckAllEntriesAsync());
        Assert.All(checks, check => Assert.Equal(SignalOutcome.Answered, check.Outcome));

        async Task<EntrySignal> AnswerAsync(string productId)
        {
            asked.Signal();
            await Until.True(() => asked.IsSet, "every pair has been asked before one is answered");
            return Market.Buy(productId);
        }
    }

    [Fact]
    public async Task A_late_pair_is_told_that_nobody_waits_any_more()
    {
        TaskCompletionSource cancelled = new();
        _generator.GenerateAsync("BTC-USD", Arg.Any<MarketSnapshot>(), Arg.Any<CancellationToken>())
            .Returns(call => new ValueTask<EntrySignal>(AnswerAsync(call.Arg<CancellationToken>())));
        await using MultiPairOrchestrator orchestrator = Started(TimeSpan.FromMilliseconds(100));
        IReadOnlyList<SignalCheck> checks = await Until.Done(orchestrator.CheckAllEntriesAsync());
        Assert.Equal(SignalOutcome.Late, checks[1].Outcome);
        await Until.Done(cancelled.Task);

        async Task<EntrySignal> AnswerAsync(CancellationToken token)
        {
            using CancellationTokenRegistration registration = token.Register(cancelled.SetResult);
            await cancelled.Task;
            return Market.Buy("BTC-USD");
        }
    }

    [Fact]
    public async Task The_generator_sees_how_the_pair_stands()
    {
        MarketSnapshot? seen = null;
        _generator.GenerateAsync(
            "BTC-USD", Arg.Do<MarketSnapshot>(market => seen = market), Arg.Any<CancellationToken>())
            .Returns(ValueTask.FromResult(Market.Buy("BTC-USD")));
        await using MultiPairOrchestrator orchestrator = Started(TimeSpan.FromSeconds(10));
        await Market.HoldAsync(orchestrator, "BTC-USD");
        await Until.Done(orchestrator.CheckAllEntriesAsync());
        Assert.Equal(
            (100m, 10m, 100m, 98m, false),
            (seen!.LastPrice, seen.Held, seen.EntryPrice, seen.StopTrigger, seen.IsExiting));
    }

    [Fact]
    public async Task An_answer_about_another_product_is_a_failure()
    {
        _generator.GenerateAsync("BTC-USD", Arg.Any<MarketSnapshot>(), Arg.Any<CancellationToken>())
            .Returns(ValueTask.FromResult(Market.Buy("ETH-USD")));
        await using MultiPairOrchestrator orchestrator = Started(TimeSpan.FromSeconds(10));
        SignalCheck check = (await Until.Done(orchestrator.CheckAllEntriesAsync()))[1];
        Assert.Equal(SignalOutcome.Failed, check.Outcome);
        Assert.Contains("ETH-USD", check.Failure!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_cancels_the_asking_gets_no_answers()
    {
        using CancellationTokenSource cancel = new();
        _generator.GenerateAsync(Arg.Any<string>(), Arg.Any<MarketSnapshot>(), Arg.Any<CancellationToken>())
            .Returns(new ValueTask<EntrySignal>(new TaskCompletionSource<EntrySignal>().Task));
        await using MultiPairOrchestrator orchestrator = Started(TimeSpan.FromSeconds(30));
        Task asking = orchestrator.CheckAllEntriesAsync(cancel.Token);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Until.Done(asking));
    }

    [Fact]
    public async Task Without_a_generator_asking_is_refused()
    {
        await using MultiPairOrchestrator orchestrator = Market.Started(Market.Options(), "BTC-USD");
        await Assert.ThrowsAsync<InvalidOperationException>(() => orchestrator.CheckAllEntriesAsync());
    }

    private MultiPairOrchestrator Started(TimeSpan deadline) => Market.Started(
        new MultiPairOrchestrator(Market.Options(), _generator, new OrchestratorOptions { SignalDeadline = deadline }),
        Market.Five);
}
