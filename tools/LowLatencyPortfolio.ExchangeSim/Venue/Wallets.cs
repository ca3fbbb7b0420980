namespace LowLatencyPortfolio.ExchangeSim;

/// <summary>The account's wallets by currency. Not thread-safe.</summary>
internal sealed class Wallets
{
    private readonly SortedDictionary<string, Wallet> _wallets = new(StringComparer.Ordinal);

    public Wallets(IReadOnlyDictionary<string, decimal> opening, IEnumerable<Product> products, IdSource ids)
    {
        var currencies = new SortedSet<string>(opening.Keys, StringComparer.Ordinal);
        foreach (var product in products)
        {
            currencies.Add(product.BaseCurrency);
            currencies.Add(product.QuoteCurrency);
        }

        foreach (string currency in currencies)
            _wallets[currency] = new Wallet(ids.Next(), currency, opening.GetValueOrDefault(currency));
    }

    public IEnumerable<Wallet> All => _wallets.Values;

    public Wallet this[string currency] => _wallets[currency];

    public Wallet? Find(string currency) => _wallets.GetValueOrDefault(currency);

    /// <summary>A product that appears later brings its currencies' wallets, empty.</summary>
    public void Ensure(string currency, IdSource ids)
    {
        if (!_wallets.ContainsKey(currency))
            _wallets[currency] = new Wallet(ids.Next(), currency, 0);
    }
}
