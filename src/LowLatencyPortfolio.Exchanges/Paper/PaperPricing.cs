using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Exchanges.Paper;

/// <summary>Slippage, fees and chance, exact in integers; always rounded against the trader.</summary>
internal sealed class PaperPricing(PaperConfig config)
{
    private const ulong ChanceScale = 1_000_000;
    private const decimal RateScale = 1_000_000m;          // rates have at most 6 decimals
    private const decimal SlippageScale = 10_000m * 10_000m;    // basis points with at most 4 decimals

    // 10^(16 + 6 - 8): value x rate to 8 decimals
    private static readonly Int128 s_feeUnit = Int128.CreateChecked(100_000_000_000_000);

    private readonly long _makerRate = decimal.ToInt64(config.MakerFee * RateScale);
    private readonly long _takerRate = decimal.ToInt64(config.TakerFee * RateScale);
    private readonly long _slippage = decimal.ToInt64(config.SlippageBps * 10_000m);
    private readonly ulong _rejections = decimal.ToUInt64(config.RejectionRate * RateScale);

    /// <summary>Fee of a fill in quote: value × rate, rounded up to 8 decimals.</summary>
    public decimal Fee(long price, long quantity, Liquidity liquidity)
    {
        long rate = liquidity == Liquidity.Maker ? _makerRate : _takerRate;
        Int128 product = (Int128)price * quantity * rate;
        Int128 units = (product + s_feeUnit - 1) / s_feeUnit;
        return (decimal)units * 0.00000001m;
    }

    /// <summary>What a taker pays at a tick: higher for a buy, lower for a sell, rounded against the trader to the ring
    /// unit.</summary>
    /// <param name="price">The tick, ring units.</param>
    /// <param name="side">Which way the order trades.</param>
    /// <param name="limit">Never beyond it; 0 for a market order.</param>
    public long Taker(long price, OrderSide side, long limit)
    {
        decimal slip = decimal.Ceiling((decimal)price * _slippage / SlippageScale);
        if (side == OrderSide.Buy)
        {
            long dearer = decimal.ToInt64(decimal.Min(price + slip, long.MaxValue));
            return limit == 0 ? dearer : Math.Min(dearer, limit);
        }

        long cheaper = Math.Max(1L, price - decimal.ToInt64(slip));
        return Math.Max(cheaper, limit);
    }

    /// <summary>Whether the n-th draw of an order comes out as a refusal: a hash, so that no other order's draws
    /// matter.</summary>
    public bool Refuses(long orderSequence, int draw)
    {
        if (_rejections == 0)
        {
            return false;
        }

        ulong hash = Mix(Mix(Mix((ulong)config.Seed) ^ (ulong)orderSequence) ^ (ulong)draw);
        return Math.BigMul(hash, ChanceScale, out _) < _rejections;
    }

    /// <summary>The step and finalizer of splitmix64 (Steele, Lea, Flood 2014).</summary>
    private static ulong Mix(ulong value)
    {
        value += 0x9E3779B97F4A7C15;
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
