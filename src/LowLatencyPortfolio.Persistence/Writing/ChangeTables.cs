using System.Globalization;
using System.Text;
using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Pipeline;
using SQLitePCL;

namespace LowLatencyPortfolio.Persistence;

/// <summary>
/// Writes state changes as rows of <c>orders</c>, <c>positions</c>, <c>history</c> and <c>portfolio</c>.
/// </summary>
/// <remarks>Thread: the writer's, inside a transaction. Allocation: none a row, except for the rare notes.</remarks>
internal sealed class ChangeTables : IDisposable
{
    private readonly ProductColumns[] _products;
    private readonly Statement _order;
    private readonly Statement _position;
    private readonly Statement _history;
    private readonly Statement _portfolio;
    private readonly Statement _mode;
    private readonly Statement _group;
    private byte[] _orderIdPrefix = [];
    private string _engineId = string.Empty;
    private long _historyId;
    private long _committedHistoryId;
    private bool _isLive;

    public ChangeTables(sqlite3 connection, IEnumerable<ProductSpec> products)
    {
        _products = [.. products.Select(product => new ProductColumns(product))];
        _order = new Statement(connection, ChangeSql.UpsertOrder);
        _position = new Statement(connection, ChangeSql.UpsertPosition);
        _history = new Statement(connection, ChangeSql.InsertHistory);
        _portfolio = new Statement(connection, ChangeSql.UpdatePortfolio);
        _mode = new Statement(connection, ChangeSql.UpdateMode);
        _group = new Statement(connection, ChangeSql.UpsertGroup);
    }

    /// <summary>
    /// Orders and positions written since the newest checkpoint; none in a live session, which is never rolled back to
    /// one.
    /// </summary>
    public HashSet<long> TouchedOrders { get; } = [];

    /// <inheritdoc cref="TouchedOrders"/>
    public HashSet<long> TouchedPositions { get; } = [];

    /// <summary>Whether measured groups changed since the newest checkpoint.</summary>
    public bool TouchedGroups { get; private set; }

    /// <summary>
    /// Id of the newest history row, this transaction's included. Ids are dense, so a rolled-back tail is renumbered
    /// identically.
    /// </summary>
    public long HistoryId => _historyId;

    /// <summary>Begins after this history row.</summary>
    public void ContinueAfter(long historyId) => _historyId = _committedHistoryId = historyId;

    /// <summary>
    /// Names new orders <c>llp-engineId-epoch-sequence</c> from now on; rows that exist keep their name. An epoch above
    /// 0 is a live session.
    /// </summary>
    public void NameOrders(string engineId, long epoch)
    {
        _isLive = epoch > 0;
        if (_isLive)
        {
            TouchedOrders.Clear();
            TouchedPositions.Clear();
        }

        _engineId = engineId;
        _orderIdPrefix = PrefixOf(epoch);
    }

    public void Committed(bool withCheckpoint)
    {
        _committedHistoryId = _historyId;
        if (withCheckpoint)
        {
            TouchedOrders.Clear();
            TouchedPositions.Clear();
            TouchedGroups = false;
        }
    }

    public void RolledBack() => _historyId = _committedHistoryId;

    public void Write(in StateChange change)
    {
        switch (change.Kind)
        {
            case StateChangeKind.None:
                break;
            case StateChangeKind.Order:
                WriteOrder(change);
                break;
            case StateChangeKind.Position:
                WritePosition(change);
                break;
            case StateChangeKind.History when change.Action == HistoryAction.JournalGap:
                WriteNote(change, $"{change.Quantity} changes were dropped at the journal's bound");
                break;
            case StateChangeKind.History:
                WriteHistory(change);
                break;
            case StateChangeKind.Portfolio:
                WritePortfolio(change);
                break;
            case StateChangeKind.Mode:
                _mode.Bind(StoredText.Of(change.Mode));
                _mode.Bind(change.TimeNs);
                _mode.Run();
                break;
            case StateChangeKind.Group:
                WriteGroup(change);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(change), change.Kind, "not a kind of state change");
        }
    }

    /// <summary>
    /// A history row about the portfolio in words; action, time, event and value are taken from the change.
    /// </summary>
    public void WriteNote(in StateChange change, string detail)
    {
        _history.Bind(++_historyId);
        _history.BindNull();
        _history.Bind(StoredText.Of(change.Action));
        _history.BindNull();
        _history.BindNull();
        _history.Bind(change.TimeNs);
        _history.BindNull();
        _history.BindNull();
        _history.Bind(change.Value);
        _history.Bind(0m);
        _history.Bind(detail);
        _history.Bind(change.MarketEvent);
        _history.Run();
    }

    public void Dispose()
    {
        _order.Dispose();
        _position.Dispose();
        _history.Dispose();
        _portfolio.Dispose();
        _mode.Dispose();
        _group.Dispose();
    }

    private void WriteOrder(in StateChange change)
    {
        ProductColumns product = _products[change.Product];
        _order.Bind(change.OrderSequence);
        _order.Bind(product.ProductId);
        BindOrderId(change.OrderSequence, change.Epoch == 0 ? _orderIdPrefix : PrefixOf(change.Epoch));
        _order.Bind(StoredText.Of(change.OrderType));
        _order.Bind(StoredText.Of(change.Side));
        _order.Bind(StoredText.Of(change.Purpose));
        _order.Bind(StoredText.Of(change.OrderState));
        _order.BindUnits(change.Quantity, product.QuantityDecimals);
        _order.BindUnitsUnlessZero(change.Price, product.PriceDecimals);
        _order.BindUnitsUnlessZero(change.Trigger, product.PriceDecimals);
        _order.BindUnits(change.FilledQuantity, product.QuantityDecimals);
        _order.Bind(change.Value);
        _order.Bind(change.Fees);
        _order.BindUnlessZero(change.PositionId);
        _order.Bind(change.OpenedAtNs);
        _order.Bind(change.TimeNs);
        _order.Bind(StoredText.ReasonOf(change));
        _order.Run();
        _ = !_isLive && TouchedOrders.Add(change.OrderSequence);
    }

    private void WritePosition(in StateChange change)
    {
        ProductColumns product = _products[change.Product];
        _position.Bind(change.PositionId);
        _position.Bind(product.ProductId);
        _position.BindUnits(change.Quantity, product.QuantityDecimals);
        _position.Bind(product.EntryPrice(change.Quantity, change.Value, change.FilledQuantity, change.BoughtValue));
        _position.Bind(StoredText.Of(change.StopState));
        _position.Bind(change.Value);
        _position.Bind(change.OpenedAtNs);
        _position.BindUnlessZero(change.ClosedAtNs);
        _position.BindUnits(change.Highest, product.PriceDecimals);
        _position.BindUnitsUnlessZero(change.Trigger, product.PriceDecimals);
        _position.Bind(change.Ratchets);
        _position.BindUnits(change.FilledQuantity, product.QuantityDecimals);
        _position.Bind(change.BoughtValue);
        _position.BindUnits(change.SoldQuantity, product.QuantityDecimals);
        _position.Bind(change.SoldValue);
        _position.Bind(change.Fees);
        _position.Bind(change.Realized);
        _position.BindUnitsUnlessZero(change.ExitPrice, product.PriceDecimals);
        _position.Bind(change.ExitReason == ExitReason.None ? default : StoredText.Of(change.ExitReason));
        _position.Run();
        _ = !_isLive && TouchedPositions.Add(change.PositionId);
    }

    private void WriteHistory(in StateChange change)
    {
        ProductColumns? product = change.Product < 0 ? null : _products[change.Product];
        _history.Bind(++_historyId);
        _history.Bind(product is null ? default : product.ProductId.AsSpan());
        _history.Bind(StoredText.Of(change.Action));
        if (product is null)
        {
            _history.BindNull();
            _history.BindNull();
        }
        else
        {
            _history.BindUnitsUnlessZero(change.Price, product.PriceDecimals);      // a market order has no price
            _history.BindUnits(change.Quantity, product.QuantityDecimals);
        }

        _history.Bind(change.TimeNs);
        _history.BindUnlessZero(change.OrderSequence);
        _history.BindUnlessZero(change.PositionId);
        _history.Bind(change.Value);
        _history.Bind(change.Fees);
        _history.Bind(StoredText.ReasonOf(change));
        _history.Bind(change.MarketEvent);
        _history.Run();
    }

    private void WriteGroup(in StateChange change)
    {
        ReadOnlySpan<byte> product = _products[change.Product].ProductId;
        ReadOnlySpan<byte> group = _products[(int)change.Quantity].ProductId;
        _group.Bind(product);
        _group.Bind(group);
        _group.Bind(change.TimeNs);
        _group.Run();
        TouchedGroups = true;
        _history.Bind(++_historyId);
        _history.Bind(product);
        _history.Bind(StoredText.Of(change.Action));
        _history.BindNull();
        _history.BindNull();
        _history.Bind(change.TimeNs);
        _history.BindNull();
        _history.BindNull();
        _history.Bind(0m);
        _history.Bind(0m);
        _history.Bind(group);
        _history.Bind(change.MarketEvent);
        _history.Run();
    }

    private void WritePortfolio(in StateChange change)
    {
        _portfolio.Bind(StoredText.Of(change.Mode));
        _portfolio.Bind(change.Value);
        _portfolio.Bind(change.BoughtValue);
        _portfolio.Bind(change.Realized);
        _portfolio.Bind(change.TimeNs);
        _portfolio.Run();
    }

    private byte[] PrefixOf(long epoch) =>
        Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"llp-{_engineId}-{epoch}-"));

    private void BindOrderId(long sequence, byte[] prefix)
    {
        Span<byte> text = stackalloc byte[96];
        prefix.CopyTo(text);
        _ = sequence.TryFormat(text[prefix.Length..], out int digits, default, CultureInfo.InvariantCulture);
        _order.Bind(text[..(prefix.Length + digits)]);
    }
}
