using System.Globalization;
using System.IO.Compression;
using System.Text.Json;

namespace LowLatencyPortfolio.LatencyLab.Tests;

/// <summary>The evaluation of the fused model, over candles made here.</summary>
public sealed class FusionCommandTests : IDisposable
{
    private const int Closes = 900;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("llp-fusion-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void It_judges_every_pair_out_of_sample_and_scores_four_forecasters()
    {
        WriteCandles("A-USD", seed: 1);
        WriteCandles("B-USD", seed: 2);
        (int exit, string output, string error) = LabProgram.Run(
            "fusion", "--candles", _folder.FullName, "--rise-pct", "0.1", "--horizon", "6", "--json", "-");
        Assert.True(exit == 0, error);
        using JsonDocument json = JsonDocument.Parse(output);
        int judgements = json.RootElement.GetProperty("judgements").GetInt32();
        Assert.InRange(
            judgements, 2 * 200, 2 * (Closes - 576 - 6));      // warm-up of indicators and model, and the horizon
        string[] names =
            [.. json.RootElement.GetProperty("forecasters").EnumerateArray()
                .Select(one => one.GetProperty("name").GetString()!)];
        Assert.Equal(["base rate so far", "votes", "volatility alone", "fused model"], names);
        Assert.All(json.RootElement.GetProperty("forecasters").EnumerateArray(), forecaster =>
        {
            Assert.InRange(forecaster.GetProperty("logLoss").GetDouble(), 0.1, 1.5);
            Assert.InRange(forecaster.GetProperty("brier").GetDouble(), 0.01, 0.6);
        });
        Assert.Equal(10, json.RootElement.GetProperty("tenths").GetArrayLength());
        JsonElement[] votes = [.. json.RootElement.GetProperty("votes").EnumerateArray()];
        Assert.True(votes.Length >= 3, $"{votes.Length} numbers of votes");
        Assert.Equal(Enumerable.Range(0, votes.Length), votes.Select(one => one.GetProperty("standing").GetInt32()));
        Assert.Equal(judgements, votes.Sum(one => one.GetProperty("judgements").GetInt32()));
        double rose = votes.Sum(one => one.GetProperty("rose").GetDouble() * one.GetProperty("judgements").GetInt32());
        double byTenths = json.RootElement.GetProperty("tenths").EnumerateArray()
            .Average(tenth => tenth.GetProperty("rose").GetDouble());
        Assert.Equal(byTenths, rose / judgements, 0.01);        // the same judgements, divided otherwise
        (_, output, _) = LabProgram.Run(
            "fusion", "--candles", _folder.FullName, "--rise-pct", "0.1", "--horizon", "6");
        Assert.Contains("votes judgements      said      rose", output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_without_candles_and_a_file_of_something_else_get_one_line()
    {
        (int exit, _, string error) = LabProgram.Run("fusion", "--candles", _folder.FullName);
        Assert.Equal((1, true), (exit, error.Contains(".5m.csv.gz", StringComparison.Ordinal)));
        using (StreamWriter writer = Open("A-USD"))
        {
            writer.WriteLine("a,b");
        }

        (exit, _, error) = LabProgram.Run("fusion", "--candles", _folder.FullName);
        Assert.Equal((1, true), (exit, error.Contains("does not begin with time,open", StringComparison.Ordinal)));
        Assert.Single(error.Trim().Split('\n'));
    }

    private StreamWriter Open(string product) => new(new GZipStream(
        File.Create(Path.Combine(_folder.FullName, $"{product}.5m.csv.gz")), CompressionMode.Compress));

    private void WriteCandles(string product, int seed)
    {
        Random random = new(seed);
        DateTime time = new(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        decimal price = 100m;
        using StreamWriter writer = Open(product);
        writer.WriteLine("time,open,high,low,close,volume");
        for (int t = 0; t < Closes; t++)
        {
            decimal open = price;
            price = decimal.Round(price * (1m + ((decimal)(random.NextDouble() - 0.5) / 100m)), 4);
            string text = string.Create(
                CultureInfo.InvariantCulture,
                $"{time.AddMinutes(5 * t):yyyy-MM-ddTHH:mm:ssZ},{open},{Math.Max(open, price)},"
                + $"{Math.Min(open, price)},{price},10.5");
            writer.WriteLine(text);
        }
    }
}
