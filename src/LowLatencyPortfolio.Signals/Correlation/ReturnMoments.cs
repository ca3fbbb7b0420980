using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace LowLatencyPortfolio.Signals;

/// <summary>
/// Exponentially weighted sums of products of returns about zero: what a covariance and its sampling error are made of.
/// </summary>
/// <remarks>
/// Thread: one owner. Allocation: none after construction. Cost: O(n²) a close. Sums are not divided by their weight,
/// so a close is a decay and an addition. Vectors are 256 bits wide everywhere and never fused, so that digits do not
/// depend on the processor.
/// </remarks>
internal sealed class ReturnMoments
{
    private readonly double _decay;
    private readonly double[] _squares;

    public ReturnMoments(int pairs, double decay)
    {
        Pairs = pairs;
        _decay = decay;
        _squares = new double[pairs];
        Products = new double[pairs * pairs];
        SquareProducts = new double[pairs * pairs];
        CubeProducts = new double[pairs * pairs];
    }

    public int Pairs { get; }

    /// <summary>Σ w, w = decay^age.</summary>
    public double Weight { get; set; }

    /// <summary>Σ w².</summary>
    public double SquaredWeight { get; set; }

    /// <summary>Σ w·xᵢ·xⱼ, row-major, j ≥ i only.</summary>
    public double[] Products { get; }

    /// <summary>Σ w·xᵢ²·xⱼ², row-major, j ≥ i only.</summary>
    public double[] SquareProducts { get; }

    /// <summary>Σ w·xᵢ³·xⱼ, row-major, all j.</summary>
    public double[] CubeProducts { get; }

    /// <summary>Kish's effective number of closes: (Σ w)² ÷ Σ w².</summary>
    public double EffectiveCount => SquaredWeight > 0 ? Weight * Weight / SquaredWeight : 0;

    public void Add(ReadOnlySpan<double> returns)
    {
        Weight = (_decay * Weight) + 1;
        SquaredWeight = (_decay * _decay * SquaredWeight) + 1;
        for (int i = 0; i < Pairs; i++)
        {
            _squares[i] = returns[i] * returns[i];
        }

        for (int i = 0; i < Pairs; i++)
        {
            int row = i * Pairs;
            double x = returns[i];
            Accumulate(Products.AsSpan(row + i, Pairs - i), returns[i..], x);
            Accumulate(SquareProducts.AsSpan(row + i, Pairs - i), _squares.AsSpan(i), _squares[i]);
            Accumulate(CubeProducts.AsSpan(row, Pairs), returns, _squares[i] * x);
        }
    }

    /// <summary>sums = decay · sums + factor · values.</summary>
    private void Accumulate(Span<double> sums, ReadOnlySpan<double> values, double factor)
    {
        Vector256<double> decay = Vector256.Create(_decay);
        Vector256<double> factors = Vector256.Create(factor);
        ref double sum = ref MemoryMarshal.GetReference(sums);
        ref double value = ref MemoryMarshal.GetReference(values[..sums.Length]);
        int i = 0;
        for (; i <= sums.Length - Vector256<double>.Count; i += Vector256<double>.Count)
        {
            Vector256<double> old = Vector256.LoadUnsafe(ref sum, (nuint)i);
            Vector256<double> added = Vector256.LoadUnsafe(ref value, (nuint)i) * factors;
            ((old * decay) + added).StoreUnsafe(ref sum, (nuint)i);
        }

        for (; i < sums.Length; i++)
        {
            sums[i] = (sums[i] * _decay) + (values[i] * factor);
        }
    }
}
