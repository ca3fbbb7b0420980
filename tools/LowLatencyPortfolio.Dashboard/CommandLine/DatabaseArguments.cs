using System.Globalization;
using LowLatencyPortfolio.Host.Configuration;
using LowLatencyPortfolio.Persistence;

namespace LowLatencyPortfolio.Dashboard.CommandLine;

/// <summary>Arguments whose meaning stands in the database.</summary>
internal static class DatabaseArguments
{
    private const int MostNamed = 12;

    /// <summary>The product that was meant, as it is written in the database.</summary>
    /// <param name="picture">The portfolio.</param>
    /// <param name="product">Upper or lower case; null stays null.</param>
    /// <exception cref="BadArgumentException">The database does not have it.</exception>
    public static string? Product(PortfolioPicture picture, string? product)
    {
        if (product is null)
        {
            return null;
        }

        string[] known = [.. picture.Pairs.Select(pair => pair.Product.ProductId)];
        return known.FirstOrDefault(id => id.Equals(product, StringComparison.OrdinalIgnoreCase))
            ?? throw new BadArgumentException(
                $"--product {FaultLines.Shown(product)} is not in this database; it has "
                + string.Join(", ", known.Take(MostNamed))
                + (known.Length > MostNamed ? $" and {known.Length - MostNamed} more" : string.Empty));
    }

    /// <summary>The position that was meant.</summary>
    /// <param name="picture">The portfolio.</param>
    /// <param name="id">A position's number, or a product: its newest position.</param>
    /// <exception cref="BadArgumentException">There is no such position.</exception>
    public static (PairPicture Pair, PositionRow Row) Position(PortfolioPicture picture, string id)
    {
        bool isNumber = long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out long number);
        foreach (PairPicture pair in picture.Pairs)
        {
            PositionRow? row = isNumber
                ? pair.Positions.FirstOrDefault(position => position.PositionId == number)
                : pair.Positions.Count > 0 && pair.Product.ProductId.Equals(id, StringComparison.OrdinalIgnoreCase)
                    ? pair.Positions[^1]
                    : null;
            if (row is not null)
            {
                return (pair, row);
            }
        }

        long last =
            picture.Pairs.SelectMany(pair => pair.Positions).Select(row => row.PositionId).DefaultIfEmpty().Max();
        throw new BadArgumentException(
            $"there is no position {FaultLines.Shown(id)}; "
            + (last == 0
                ? "nothing was ever bought"
                : $"positions are numbered 1 to {last}, or name a product that was bought"));
    }
}
