using System.Net;
using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Exchanges.Coinbase;
using LowLatencyPortfolio.Host.Configuration;
using LowLatencyPortfolio.Host.Live;

namespace LowLatencyPortfolio.Host.Tests.Live;

/// <summary>What an account must be before anything is traded on it.</summary>
public sealed class AccountReviewTests
{
    private static readonly PortfolioConfig Portfolio = new() { TotalCapital = 1_000m };

    private readonly FaultLines _faults = new();
    private readonly List<string> _notes = [];

    [Fact]
    public async Task Balance_and_holds_count_towards_the_capital()
    {
        AccountFacts? facts = await LookAsync([new("USD", 600m, 400m), new("EUR", 9_000m, 0m)]);
        Assert.Empty(_faults.Lines);
        Assert.Equal(new AccountFacts("p-1", new FeeRates(0.004m, 0.006m), 1_000m), facts);
    }

    [Fact]
    public async Task A_capital_that_the_account_does_not_have_is_refused()
    {
        await LookAsync([new("USD", 600m, 399.99m)]);
        Assert.Equal(
            ["--gateway coinbase: totalCapital is $1,000.00, but balance, holds and our positions are worth $999.99; "
                + "lower totalCapital or bring the money in"],
            _faults.Lines);
    }

    [Fact]
    public async Task Our_positions_count_at_the_last_price()
    {
        AccountFacts? facts = await LookAsync(
            [new("USD", 500m, 0m), new("BTC", 0.01m, 0.01m)], new HeldPosition("BTC", 0.015m, 40_000m));
        Assert.Empty(_faults.Lines);
        Assert.Equal(1_100m, facts!.Worth);
    }

    [Fact]
    public async Task Coins_that_are_not_there_any_more_do_not_count()
    {
        await LookAsync([new("USD", 500m, 0m), new("BTC", 0.001m, 0m)], new HeldPosition("BTC", 0.015m, 40_000m));
        Assert.Empty(_faults.Lines);
        Assert.Contains("worth $540.00;", Assert.Single(_notes), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("939.99", false)]
    [InlineData("940.00", true)]
    [InlineData("1000.00", true)]
    public async Task What_was_lost_before_need_not_be_there_any_more(string balance, bool isEnough)
    {
        decimal cash = decimal.Parse(balance, System.Globalization.CultureInfo.InvariantCulture);
        await LookAsync([new("USD", cash, 0m)], new PortfolioSoFar([], Realized: -60m, HasOpenOrders: false));
        Assert.Equal(isEnough, _faults.AreEmpty);
        Assert.Empty(_notes);
    }

    [Fact]
    public async Task What_was_won_before_is_not_asked_for()
    {
        await LookAsync([new("USD", 1_000m, 0m)], new PortfolioSoFar([], Realized: 60m, HasOpenOrders: false));
        Assert.Empty(_faults.Lines);
    }

    [Fact]
    public async Task A_portfolio_that_holds_something_starts_however_little_money_is_left()
    {
        await LookAsync(
            [new("USD", 500m, 0m), new("BTC", 0.01m, 0m)],
            new PortfolioSoFar([new HeldPosition("BTC", 0.01m, 40_000m)], Realized: -60m, HasOpenOrders: false));
        Assert.Empty(_faults.Lines);
        Assert.Equal(
            ["totalCapital is $1,000.00 less $60.00 lost so far, but balance, holds and our positions are worth "
                + "$900.00; entries are bounded by the balance"],
            _notes);
        _notes.Clear();
        await LookAsync([new("USD", 500m, 0m)], new PortfolioSoFar([], Realized: 0m, HasOpenOrders: true));
        Assert.Empty(_faults.Lines);
        Assert.Single(_notes);
    }

    [Theory]
    [InlineData(300, "behind the venue's")]
    [InlineData(-300, "ahead of the venue's")]
    public async Task Clocks_that_differ_are_told_and_nothing_is_refused(double seconds, string expected)
    {
        ScriptedAccount account = new()
        {
            Ahead = TimeSpan.FromSeconds(seconds),
            Accounts = [new("USD", 1_000m, 0m)],
        };
        Assert.NotNull(await Review(account).LookAsync(Portfolio, PortfolioSoFar.Nothing, CancellationToken.None));
        Assert.Empty(_faults.Lines);
        Assert.Matches(
            $"^this machine's clock is [0-9]+\\.[0-9] s {expected}; no entry is taken while they differ by more than 1 s$",
            Assert.Single(_notes));
    }

    [Theory]
    [InlineData(true, true, true, "may transfer money")]
    [InlineData(true, false, false, "must have the rights view and trade")]
    [InlineData(false, true, false, "must have the rights view and trade")]
    public async Task A_key_that_may_do_too_much_or_too_little_is_refused_beside_other_faults(
        bool canView, bool canTrade, bool canTransfer, string expected)
    {
        ScriptedAccount account = new()
        {
            Rights = new KeyPermissions(canView, canTrade, canTransfer, "p-1"),
            Accounts = [new("USD", 999m, 0m)],
        };
        await Review(account).LookAsync(Portfolio, PortfolioSoFar.Nothing, CancellationToken.None);
        Assert.Equal(2, _faults.Lines.Count);
        Assert.Contains(expected, _faults.Lines[0], StringComparison.Ordinal);
        Assert.Contains("worth $999.00;", _faults.Lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_that_the_venue_does_not_accept_is_one_line()
    {
        ScriptedAccount account = new() { Refusal = new QueryException("GET /x", HttpStatusCode.Unauthorized) };
        Assert.Null(await Review(account).LookAsync(Portfolio, PortfolioSoFar.Nothing, CancellationToken.None));
        Assert.StartsWith(
            "--gateway coinbase: the venue does not accept the API key (401): ", Assert.Single(_faults.Lines),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_venue_that_fails_is_no_fault_of_the_key()
    {
        ScriptedAccount account = new() { Refusal = new QueryException("GET /x", HttpStatusCode.BadGateway) };
        await Assert.ThrowsAsync<QueryException>(
            () => Review(account).LookAsync(Portfolio, PortfolioSoFar.Nothing, CancellationToken.None));
        Assert.Empty(_faults.Lines);
    }

    private Task<AccountFacts?> LookAsync(IReadOnlyList<CoinbaseAccount> accounts, params HeldPosition[] held) =>
        LookAsync(accounts, new PortfolioSoFar(held, Realized: 0m, HasOpenOrders: false));

    private Task<AccountFacts?> LookAsync(IReadOnlyList<CoinbaseAccount> accounts, PortfolioSoFar soFar) =>
        Review(new ScriptedAccount { Accounts = accounts }).LookAsync(Portfolio, soFar, CancellationToken.None);

    private AccountReview Review(ScriptedAccount account) => new(account, TimeProvider.System, _faults, _notes);
}
