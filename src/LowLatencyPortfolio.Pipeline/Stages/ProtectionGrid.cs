using System.Runtime.InteropServices;
using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Pipeline;

/// <summary>Every pair's trail and increments as the ratchet uses them, ring units.</summary>
internal sealed class ProtectionGrid
{
    /// <summary>Smallest rise of a trigger that is worth a cancel and a new order.</summary>
    public const decimal SmallestUnprovenRatchet = 0.01m;

    private const long ExitDepthPct = 5;

    private readonly PairSetup[] _setups;
    private readonly TrailingStop[] _trails;
    private readonly long[] _priceIncrement;
    private readonly long[] _quantityIncrement;
    private readonly bool[] _isUnproven;

    public ProtectionGrid(PairSetup[] setups)
    {
        _setups = setups;
        _trails = new TrailingStop[setups.Length];
        _priceIncrement = [.. setups.Select(setup => setup.Product.PriceIncrementUnits)];
        _quantityIncrement = [.. setups.Select(setup => setup.Product.QuantityIncrementUnits)];
        _isUnproven = new bool[setups.Length];
        for (int i = 0; i < setups.Length; i++)
        {
            _trails[i] = TrailFor(i);
        }
    }

    public ref readonly TrailingStop Trail(int product) => ref _trails[product];

    /// <summary>The venue changed the grid; resting orders are kept, the next level is on the new one.</summary>
    public void Change(int product, long priceIncrement, long quantityIncrement)
    {
        _priceIncrement[product] = priceIncrement;
        _quantityIncrement[product] = quantityIncrement;
        _trails[product] = TrailFor(product);
    }

    /// <summary>Stops of the product can, or cannot yet, be moved without being cancelled.</summary>
    public void SetUnproven(int product, bool isUnproven)
    {
        _isUnproven[product] = isUnproven;
        _trails[product] = TrailFor(product);
    }

    /// <summary>
    /// Limit of an exit that cannot be sent to the market: 5 % below the last price, down to the grid.
    /// </summary>
    /// <returns>Ring units, at least one increment.</returns>
    public long ExitLimit(int product, long last)
    {
        long limit = (long)((Int128)last * (100 - ExitDepthPct) / 100);
        return Math.Max(limit - (limit % _priceIncrement[product]), _priceIncrement[product]);
    }

    /// <summary>Whether a stop for this quantity at this trigger is large enough for the venue.</summary>
    public bool IsPlaceable(int product, long quantity, long trigger) =>
        quantity > 0 && !IsDust(product, quantity, _trails[product].LimitFor(trigger));

    /// <summary>
    /// Too little to sell. The venue may have made the grid coarser since: less than one step of it cannot be sold
    /// either.
    /// </summary>
    public bool IsDust(int product, long quantity, long price) =>
        quantity < _quantityIncrement[product] || _setups[product].Product.IsDust(quantity, price);

    /// <summary>The quantity, down to the increment.</summary>
    public long OnGrid(int product, long quantity) => quantity - (quantity % _quantityIncrement[product]);

    public void Save(CheckpointWriter writer)
    {
        writer.Section("grid");
        writer.Write(MemoryMarshal.AsBytes(_priceIncrement.AsSpan()));
        writer.Write(MemoryMarshal.AsBytes(_quantityIncrement.AsSpan()));
        writer.Write(MemoryMarshal.AsBytes(_isUnproven.AsSpan()));
    }

    public void Restore(CheckpointReader reader)
    {
        reader.Section("grid");
        reader.ReadInto<long>(_priceIncrement);
        reader.ReadInto<long>(_quantityIncrement);
        reader.ReadInto<bool>(_isUnproven);
        for (int i = 0; i < _trails.Length; i++)
        {
            _trails[i] = TrailFor(i);
        }
    }

    private TrailingStop TrailFor(int product)
    {
        PairConfig config = _setups[product].Config;
        decimal ratchet = _isUnproven[product]
            ? Math.Max(config.MinRatchet, SmallestUnprovenRatchet)
            : config.MinRatchet;
        return new TrailingStop(config.TrailPct, config.StopLimitBufferPct, ratchet, _priceIncrement[product]);
    }
}
