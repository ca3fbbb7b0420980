using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Persistence;

namespace LowLatencyPortfolio.Crash.Tests;

/// <summary>One portfolio at an exchange process: its products, its database, and the programs that trade it.</summary>
internal sealed class Account : IDisposable
{
    private const string Llp = "llp.dll";
    private const string CrashHost = "crash-host.dll";
    private const int MostAttempts = 6;

    private readonly ExchangeProcess _exchange;
    private readonly string _folder = Directory.CreateTempSubdirectory("llp-crash-").FullName;

    private Account(ExchangeProcess exchange, ProductSpec[] products, decimal openingCash)
    {
        _exchange = exchange;
        Products = products;
        OpeningCash = openingCash;
    }

    public IReadOnlyList<ProductSpec> Products { get; }

    public decimal OpeningCash { get; }

    public ExchangeAdmin Admin => _exchange.Admin;

    public string Database => PathOf("llp.db");

    private string ResultFile => PathOf("result.json");

    /// <summary>Takes products that nobody has touched.</summary>
    /// <param name="exchange">Nobody else trades there meanwhile.</param>
    /// <param name="products">How many.</param>
    /// <param name="portfolio">The configuration's section, without braces.</param>
    /// <param name="pairDefaults">The configuration's section, without braces.</param>
    /// <param name="rebalance">The configuration's section, without braces.</param>
    public static async Task<Account> OpenAsync(
        ExchangeProcess exchange, int products, string portfolio, string pairDefaults, string rebalance = "")
    {
        Account account = new(
            exchange, [.. Enumerable.Range(0, products).Select(_ => exchange.TakeProduct())],
            (await exchange.Admin.LedgerAsync()).Totals["USD"]);
        account.Write("endpoints.json", $$"""
            {
              "rest": "{{exchange.Endpoints.Rest}}",
              "marketWebSocket": "{{exchange.Endpoints.MarketWebSocket}}",
              "userWebSocket": "{{exchange.Endpoints.UserWebSocket}}"
            }
            """);
        string pairs = string.Join(',', account.Products.Select(p => $$"""{ "productId": "{{p.ProductId}}" }"""));
        account.Write("config.json", $$"""
            {
              "portfolio": { {{portfolio}} }, "pairDefaults": { {{pairDefaults}} }, "pairs": [{{pairs}}],
              "rebalance": { {{rebalance}} }
            }
            """);
        return account;
    }

    public string PathOf(string file) => Path.Combine(_folder, file);

    /// <summary>Starts <c>llp</c> on this account.</summary>
    public TradingProcess StartLlp(params IEnumerable<string> arguments) => Start(Llp, arguments, []);

    /// <summary>
    /// Starts <c>llp</c> with a clock that stands a second after readiness, until it is told to go on.
    /// </summary>
    public TradingProcess StartHeldLlp(params IEnumerable<string> arguments) => Start(
        Llp, arguments,
        [("DOTNET_STARTUP_HOOKS", Path.Combine(AppContext.BaseDirectory, CrashHost)), ("LLP_CRASH_HOLD_MS", "1000")]);

    /// <summary>Starts a program that takes what <c>llp</c> takes.</summary>
    public TradingProcess Start(
        string program, IEnumerable<string> arguments, IEnumerable<(string Name, string Value)> environment) =>
        TradingProcess.Start(
            program,
            [
                "run", "--feed", "coinbase", "--gateway", "coinbase", "--endpoints", PathOf("endpoints.json"),
                "--key-file", _exchange.KeyFile, "--config", PathOf("config.json"), "--db", Database, .. arguments,
            ],
            environment);

    /// <summary>Writes entries from now on, more than any start is slow.</summary>
    /// <param name="every">Time between two.</param>
    /// <param name="entry">Product, price (empty for the market), quantity and type of the i-th.</param>
    /// <returns>The arguments that name the file.</returns>
    public string[] Entries(TimeSpan every, Func<int, FormattableString> entry)
    {
        StringBuilder rows = new("time,product_id,price,qty,order_type\n");
        DateTime now = DateTime.UtcNow;
        for (int i = 1; i * every < TimeSpan.FromMinutes(1); i++)
        {
            rows.Append(CultureInfo.InvariantCulture, $"{now + (i * every):yyyy-MM-dd'T'HH:mm:ss.fff'Z'},")
                .AppendLine(entry(i).ToString(CultureInfo.InvariantCulture));
        }

        return ["--entries", Write("entries.csv", rows.ToString())];
    }

    /// <summary>The orders as the database has them now.</summary>
    public IReadOnlyList<OrderRow> OrderRows()
    {
        using PortfolioDatabase rows = PortfolioDatabase.OpenReadOnly(Database);
        return rows.Orders();
    }

    public Task<Books> BooksAsync() => Books.ReadAsync(Admin, Database, Products);

    /// <summary>Waits until every fill is booked and every position covered.</summary>
    public Task ProtectedAsync(TradingProcess process) => HoldsAsync(
        process, books => books.Unprotected(Products), "every position is protected");

    /// <summary>Waits until nothing is in doubt and the books agree to the last digit.</summary>
    public Task AgreedAsync(TradingProcess process) => HoldsAsync(
        process, books => books.Disagreement(Products, OpeningCash), "the books agree");

    /// <summary>
    /// After a kill while the books agreed: the next start finds nothing different, stops in order, and venue,
    /// database and engine say the same.
    /// </summary>
    /// <remarks>
    /// Between the look at the books and the kill, or the stop, a price that moved while nobody ran may have come in
    /// and a stop be on its way. Then it is done once more: what moves the stop has moved it by then.
    /// </remarks>
    public async Task<Books> FindNothingAndStopAsync()
    {
        bool isFound = false;
        for (int attempt = 1; ; attempt++)
        {
            using TradingProcess llp = StartLlp("--json", ResultFile);
            await llp.ReadyAsync();
            bool isLast = attempt == MostAttempts;
            Assert.False(isLast && !isFound && llp.Differences.Count > 0, string.Join('\n', llp.Differences));
            isFound |= llp.Differences.Count == 0;
            await AgreedAsync(llp);
            if (!isFound)
            {
                Assert.True(llp.Kill(), "it had ended by itself");
                continue;
            }

            llp.Terminate();
            Assert.True(await llp.EndAsync() == 0, await llp.DescribeAsync());
            Books books = await BooksAsync();
            books.AssertNeverBroken(Products);
            string? disagreement = books.Disagreement(Products, OpeningCash);
            Assert.False(isLast && disagreement is not null, $"{disagreement}\n{books}");
            if (disagreement is null)
            {
                await AssertResultAsync(books);
                return books;
            }
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task AssertResultAsync(Books books)
    {
        JsonNode result = JsonNode.Parse(await File.ReadAllTextAsync(ResultFile))!;
        Assert.Equal(books.Positions.Sum(row => row.Realized), books.Realized);
        Assert.Equal(books.Realized, Number(result, "realizedPnl"));
        Assert.Equal(books.Ledger.Fills.Sum(fill => fill.Fee), Number(result, "fees"));
    }

    private static decimal Number(JsonNode result, string key) =>
        decimal.Parse(result[key]!.GetValue<string>(), CultureInfo.InvariantCulture);

    private string Write(string file, string text)
    {
        File.WriteAllText(PathOf(file), text);
        return PathOf(file);
    }

    private async Task HoldsAsync(TradingProcess process, Func<Books, string?> fault, string what)
    {
        string? last = null;
        await Until.TrueAsync(
            async () =>
            {
                Assert.False(process.HasExited, $"it ended by itself while waiting: {what}");
                last = fault(await BooksAsync());
                return last is null;
            },
            what,
            async () => $"{last}\n{await process.DescribeAsync()}\n{await BooksAsync()}", TradingProcess.Deadline);
    }
}
