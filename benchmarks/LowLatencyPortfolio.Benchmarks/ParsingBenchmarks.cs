using System.Buffers.Text;
using BenchmarkDotNet.Attributes;
using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Benchmarks;

/// <summary>A price as an exchange writes it, to the ring's units.</summary>
[MemoryDiagnoser]
public class ParsingBenchmarks
{
    private readonly byte[] _short = "43251.07"u8.ToArray();
    private readonly byte[] _long = "0.000012345678"u8.ToArray();

    [Benchmark]
    public long EightDigits()
    {
        _ = DecimalText.Parse(_short, ProductSpec.DefaultPriceDecimals, out long units);
        return units;
    }

    [Benchmark]
    public long TwelveDecimals()
    {
        _ = DecimalText.Parse(_long, 12, out long units);
        return units;
    }

    /// <summary>The framework's way to the same number, for comparison.</summary>
    [Benchmark(Baseline = true)]
    public long EightDigitsByUtf8ParserAndDecimal()
    {
        _ = Utf8Parser.TryParse(_short, out decimal price, out _);
        return decimal.ToInt64(price * 1_0000_0000m);
    }
}
