using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Pipeline;

/// <summary>A 64-bit, order-sensitive hash over every decision and every applied fill of a run.</summary>
/// <remarks>
/// Thread: one at a time. Allocation: none. Equal for the same input under every topology, speed and batch size; not a
/// defence against a forger. Each word is folded in by xor, multiplication with an odd constant and a rotation, so that
/// order and position matter. Source: SPEC 15.
/// </remarks>
public struct StateHash : IEquatable<StateHash>
{
    private const ulong Seed = 0x9E37_79B9_7F4A_7C15;
    private const ulong Multiplier = 0xD6E8_FEB8_6659_FD93;

    private ulong _state;

    /// <summary>Continues from a stored value.</summary>
    /// <param name="value">A former <see cref="Value"/>.</param>
    public StateHash(ulong value) => _state = value ^ Seed;

    /// <summary>The hash so far.</summary>
    public readonly ulong Value => _state ^ Seed;

    /// <summary>
    /// A product's own hash: FNV-1a of its id, so that it does not depend on which other pairs are traded.
    /// </summary>
    /// <param name="productId">The venue's name.</param>
    /// <returns>64 bits.</returns>
    public static ulong OfProduct(string productId)
    {
        ArgumentNullException.ThrowIfNull(productId);
        ulong hash = 0xCBF2_9CE4_8422_2325;
        foreach (char letter in productId)
        {
            hash = (hash ^ letter) * 0x100_0000_01B3;
        }

        return hash;
    }

    /// <summary>Folds in one word.</summary>
    /// <param name="word">Any 64 bits.</param>
    public void Add(ulong word) => _state = ulong.RotateLeft((_state ^ word) * Multiplier, 29);

    /// <summary>Folds in one number.</summary>
    /// <param name="number">Any number.</param>
    public void Add(long number) => Add((ulong)number);

    /// <summary>Folds in a decimal by value: 1.0 and 1.00 are the same.</summary>
    /// <param name="number">Any number with at most 16 decimals below 10¹².</param>
    public void Add(decimal number)
    {
        Int128 scaled = (Int128)decimal.Truncate(number * 1_0000_0000_0000_0000m);
        Add((ulong)scaled);
        Add((ulong)(scaled >> 64));
    }

    /// <summary>Folds in a decision or an applied fill.</summary>
    /// <param name="causeNs">Event time, ns UTC.</param>
    /// <param name="product">From <see cref="OfProduct"/>.</param>
    /// <param name="kind">Which decision, or a fill.</param>
    /// <param name="side">Buy or sell.</param>
    /// <param name="type">Order type.</param>
    /// <param name="trigger">Ring units, 0 without.</param>
    /// <param name="limit">Ring units, 0 without.</param>
    /// <param name="quantity">Ring units.</param>
    /// <param name="sequence">Our number of the order, 0 without.</param>
    /// <param name="verdict">What the risk gate said.</param>
    public void Add(
        long causeNs, ulong product, byte kind, OrderSide side, OrderType type, long trigger,
        long limit, long quantity, long sequence, RiskVerdict verdict)
    {
        Add(causeNs);
        Add(product);
        Add(kind | ((ulong)side << 8) | ((ulong)type << 16) | ((ulong)verdict << 24));
        Add(trigger);
        Add(limit);
        Add(quantity);
        Add(sequence);
    }

    /// <inheritdoc/>
    public readonly bool Equals(StateHash other) => _state == other._state;

    /// <inheritdoc/>
    public override readonly bool Equals(object? obj) => obj is StateHash other && Equals(other);

    /// <inheritdoc/>
    public override readonly int GetHashCode() => _state.GetHashCode();

    /// <summary>Whether two runs decided the same.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    public static bool operator ==(StateHash left, StateHash right) => left.Equals(right);

    /// <summary>Whether two runs decided differently.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    public static bool operator !=(StateHash left, StateHash right) => !left.Equals(right);

    /// <summary>Sixteen hexadecimal digits.</summary>
    /// <returns>Lower case.</returns>
    public override readonly string ToString() =>
        Value.ToString("x16", System.Globalization.CultureInfo.InvariantCulture);
}
