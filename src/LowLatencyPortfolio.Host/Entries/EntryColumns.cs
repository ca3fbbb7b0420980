namespace LowLatencyPortfolio.Host.Entries;

/// <summary>Which column of an entries file holds what.</summary>
internal sealed class EntryColumns
{
    /// <summary>The heading in its usual order.</summary>
    public const string Heading = "time,product_id,price,qty[,order_type]";

    /// <summary>The column that may be absent.</summary>
    public const string OrderTypeName = "order_type";

    /// <summary>Finds the columns.</summary>
    /// <param name="names">A heading whose names were checked: each known, each once, none missing but the order
    /// type.</param>
    public EntryColumns(string[] names)
    {
        Count = names.Length;
        Time = Array.IndexOf(names, "time");
        ProductId = Array.IndexOf(names, "product_id");
        Price = Array.IndexOf(names, "price");
        Quantity = Array.IndexOf(names, "qty");
        OrderType = Array.IndexOf(names, OrderTypeName);
    }

    /// <summary>Columns in all.</summary>
    public int Count { get; }

    /// <summary>Index of <c>time</c>.</summary>
    public int Time { get; }

    /// <summary>Index of <c>product_id</c>.</summary>
    public int ProductId { get; }

    /// <summary>Index of <c>price</c>.</summary>
    public int Price { get; }

    /// <summary>Index of <c>qty</c>.</summary>
    public int Quantity { get; }

    /// <summary>Index of <c>order_type</c>; −1 when the file has none.</summary>
    public int OrderType { get; }
}
