using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Exchanges;

namespace LowLatencyPortfolio.Engine.Tests.Recovery;

/// <summary>A venue that outlives its engines: orders, balances, and a hand that can lose, trade and cancel.</summary>
internal sealed class Venue
{
    private readonly Dictionary<string, decimal> _coins = [];

    public Lock Gate { get; } = new();

    public List<VenueBookOrder> Orders { get; } = [];

    /// <summary>Requests that never arrive.</summary>
    public Func<OrderPurpose, bool> Loses { get; set; } = _ => false;

    /// <summary>Moves of stops that the gateway hands back unsent.</summary>
    public Func<bool> HandsBack { get; set; } = () => false;

    /// <summary>Numbers of the orders that the newest engine took over.</summary>
    public List<long> Adopted { get; } = [];

    /// <summary>Nothing is told to the engine any more.</summary>
    public bool IsMute { get; set; }

    /// <summary>The next poll of the gateway throws: the engine ends where it stands.</summary>
    public bool Breaks { get; set; }

    /// <summary>Its gateway says that something is in doubt.</summary>
    public bool IsInDoubt { get; set; }

    /// <summary>What happens while the engine stores its state.</summary>
    public Action OnSave { get; set; } = () => { };

    /// <summary>The venue has asked about everything since an engine took over.</summary>
    public bool SaysReconciled { get; set; } = true;

    public int Looks { get; private set; }

    /// <summary>What happens between two looks.</summary>
    public Action<int>? OnLook { get; set; }

    public decimal Coins(string currency) => _coins.GetValueOrDefault(currency);

    public void Move(string currency, decimal by)
    {
        lock (Gate)
        {
            _coins[currency] = Coins(currency) + by;
        }
    }

    /// <summary>The newest order of a purpose.</summary>
    public VenueBookOrder? Newest(OrderPurpose purpose, bool isOpen = true)
    {
        lock (Gate)
        {
            return Orders.LastOrDefault(order => order.Purpose == purpose && (!isOpen || order.IsOpen));
        }
    }

    /// <summary>Trades a part of an order, or what is left of it.</summary>
    public void Fill(VenueBookOrder order, decimal price, decimal? quantity = null)
    {
        lock (Gate)
        {
            decimal size = quantity ?? (order.Size - order.Filled);
            order.Filled += size;
            order.Value += size * price;
            order.Fees += 0.1m;
            order.IsOpen = order.Filled < order.Size;
            string currency = order.ProductId.Split('-')[0];
            _coins[currency] = Coins(currency) + (order.Side == OrderSide.Buy ? size : -size);
        }
    }

    public void Cancel(VenueBookOrder order)
    {
        lock (Gate)
        {
            order.IsOpen = false;
        }
    }

    public VenuePortfolio Look(string engineId)
    {
        lock (Gate)
        {
            Looks++;
            OnLook?.Invoke(Looks);
            return new VenuePortfolio
            {
                Orders = [.. Orders
                    .Where(order => order.ClientId.StartsWith($"llp-{engineId}-", StringComparison.Ordinal))
                    .Select(order => order.Seen())],
                Balances = _coins.ToDictionary(
                    coin => coin.Key,
                    coin => new VenueBalance(coin.Value - HeldOf(coin.Key), HeldOf(coin.Key))),
            };
        }
    }

    private decimal HeldOf(string currency) => Orders
        .Where(order => order.IsOpen && order.Side == OrderSide.Sell
            && order.ProductId.StartsWith(currency + "-", StringComparison.Ordinal))
        .Sum(order => order.Size - order.Filled);
}
