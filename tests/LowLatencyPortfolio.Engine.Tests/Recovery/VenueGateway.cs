using System.Runtime.InteropServices;
using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Exchanges;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Engine.Tests.Recovery;

/// <summary>
/// One engine's way to a <see cref="Venue"/>: what it reports of an order is what the venue has beyond what was
/// reported before.
/// </summary>
internal sealed class VenueGateway(Venue venue, IReadOnlyList<PairSetup> pairs) : IRecoverableGateway
{
    private readonly List<TradingEvent> _reports = [];
    private readonly List<Told> _told = [];
    private readonly List<OrderCommand> _back = [];
    private string _prefix = string.Empty;
    private bool _isAdopted;
    private bool _isReconciled;

    string IRecoverableGateway.Venue => "scripted";

    public Action? Wake { get; set; }

    public long NextDueNs => long.MaxValue;

    public bool IsInDoubt => venue.IsInDoubt;

    public ReadOnlySpan<TradingEvent> Reports => CollectionsMarshal.AsSpan(_reports);

    public void Identify(string engineId, long epoch) => _prefix = $"llp-{engineId}-{epoch}-";

    public Task<VenuePortfolio> LookAsync(
        string engineId, long since, long fillsSince, CancellationToken cancel) =>
        Task.FromResult(venue.Look(engineId));

    public void Adopt(AdoptedPortfolio portfolio)
    {
        _isAdopted = true;
        venue.Adopted.Clear();
        venue.Adopted.AddRange(portfolio.Orders.Select(adopted => adopted.Order.Sequence));
        foreach (AdoptedOrder adopted in portfolio.Orders
            .Where(adopted => adopted.Seen is not null || !OrderTransitions.IsFinal(adopted.Order.State))
            .OrderBy(adopted => adopted.Order.Side))
        {
            StoredOrder order = adopted.Order;
            ProductSpec product = pairs[order.Product].Product;
            _told.Add(new Told
            {
                Order = order,
                Book = venue.Orders.Find(booked => booked.ClientId == adopted.Seen?.ClientOrderId),
                IsAcknowledged = order.State is not (OrderState.Intended or OrderState.Submitted or OrderState.Unknown),
                IsEnded = OrderTransitions.IsFinal(order.State),
                Filled = product.QuantityOf(adopted.BaseFilled + order.Cumulative),
                Value = adopted.BaseValue + order.FilledValue,
                Fees = adopted.BaseFees + order.Fees,
                BaseFilled = product.QuantityOf(adopted.BaseFilled),
            });
        }
    }

    public void Submit(in OrderCommand command)
    {
        lock (venue.Gate)
        {
            if (command.Kind == OrderCommandKind.Replace && venue.HandsBack())
            {
                _back.Add(command);
                Wake?.Invoke();
                return;
            }

            long aim = command.Kind switch
            {
                OrderCommandKind.Cancel => command.Sequence,
                OrderCommandKind.Replace => command.Replaces,
                _ => 0,
            };
            bool isLost = venue.Loses(command.Purpose);
            if (!isLost && _told.Find(told => told.Order.Sequence == aim)?.Book is { } old)
            {
                old.IsOpen = false;
            }

            if (command.Kind != OrderCommandKind.Cancel)
            {
                Place(in command, isLost);
            }
        }

        Wake?.Invoke();
    }

    public bool Poll(long nowNs)
    {
        lock (venue.Gate)
        {
            if (venue.Breaks)
            {
                throw new InvalidOperationException("killed");
            }

            if (venue.IsMute)
            {
                return false;
            }

            int before = _reports.Count;
            foreach (Told told in _told.ToArray())
            {
                Tell(told, nowNs);
            }

            _reports.AddRange(_back.Select(move => HandedBack(in move, nowNs)));
            _back.Clear();

            if (_isAdopted && !_isReconciled && venue.SaysReconciled)
            {
                _isReconciled = true;
                _reports.Add(new TradingEvent
                {
                    Kind = EventKind.FeedState, Count = 1, Health = HealthFlag.NotReconciled, Product = -1,
                    ReceivedAtNs = nowNs,
                });
            }

            return _reports.Count > before;
        }
    }

    public void OnTick(in MarketTick tick)
    {
    }

    public void ClearReports() => _reports.Clear();

    public void Save(CheckpointWriter writer) => venue.OnSave();

    public void Restore(CheckpointReader reader)
    {
    }

    private void Place(in OrderCommand command, bool isLost)
    {
        ProductSpec product = pairs[command.Product].Product;
        VenueBookOrder? booked = isLost ? null : new VenueBookOrder
        {
            ClientId = _prefix + command.Sequence.ToString(System.Globalization.CultureInfo.InvariantCulture),
            ProductId = product.ProductId, Side = command.Side, Type = command.Type, Purpose = command.Purpose,
            Size = product.QuantityOf(command.Quantity), Limit = product.PriceOf(command.Limit),
            Trigger = product.PriceOf(command.Trigger),
        };
        if (booked is not null)
        {
            venue.Orders.Add(booked);
        }

        _told.Add(new Told
        {
            Book = booked,
            Replaces = command.Replaces,
            IsSilent = isLost,
            Order = new StoredOrder
            {
                Sequence = command.Sequence, Product = command.Product, Side = command.Side, Type = command.Type,
                Purpose = command.Purpose, State = OrderState.Submitted, Limit = command.Limit,
                Trigger = command.Trigger,
                Quantity = command.Quantity,
            },
        });
    }

    private void Tell(Told told, long nowNs)
    {
        if (told.IsSilent || (told.Book is null && told.IsEnded))
        {
            return;
        }

        if (told.Book is not { } book)
        {
            told.IsEnded = true;
            Add(told, told.IsAcknowledged ? ReportKind.Expired : ReportKind.ProvenAbsent, nowNs);
            return;
        }

        if (!told.IsAcknowledged)
        {
            told.IsAcknowledged = true;
            Add(told, told.Replaces == 0 ? ReportKind.Ack : ReportKind.Replaced, nowNs).RelatedSequence = told.Replaces;
            if (_told.Find(old => old.Order.Sequence == told.Replaces) is { } replaced)
            {
                replaced.IsEnded = true;
            }
        }

        if (book.Filled > told.Filled)
        {
            decimal growth = book.Filled - told.Filled;
            decimal value = book.Value - told.Value;
            decimal fee = book.Fees - told.Fees;
            (told.Filled, told.Value, told.Fees) = (book.Filled, book.Value, book.Fees);
            ref TradingEvent fill = ref Add(told, ReportKind.Fill, nowNs);
            Assert.True(pairs[told.Order.Product].Product.TryPriceUnits(value / growth, out fill.Price));
            fill.FillValue = value;
            fill.Fee = fee;
        }

        if (!book.IsOpen && !told.IsEnded)
        {
            told.IsEnded = true;
            if (book.Filled < book.Size)
            {
                Add(told, ReportKind.Cancelled, nowNs);
            }
        }
    }

    private static TradingEvent HandedBack(in OrderCommand move, long nowNs) => new()
    {
        Kind = EventKind.OrderReport, Report = ReportKind.HandedBack, Count = 1, Product = move.Product,
        OrderSequence = move.Sequence, RelatedSequence = move.Replaces, ReceivedAtNs = nowNs, Price = move.Limit,
        Low = move.Trigger, Quantity = move.Quantity, Side = move.Side, OrderType = move.Type,
        Reason = RejectReason.WaitedForTurn,
    };

    private ref TradingEvent Add(Told told, ReportKind kind, long nowNs)
    {
        Assert.True(pairs[told.Order.Product].Product.TryQuantityUnits(told.Filled - told.BaseFilled, out long filled));
        _reports.Add(new TradingEvent
        {
            Kind = EventKind.OrderReport, Report = kind, Count = 1, Product = told.Order.Product,
            OrderSequence = told.Order.Sequence, ReceivedAtNs = nowNs, Price = told.Order.Limit,
            Low = told.Order.Trigger,
            Quantity = told.Order.Quantity, CumulativeQuantity = filled, Side = told.Order.Side,
            OrderType = told.Order.Type,
        });
        return ref CollectionsMarshal.AsSpan(_reports)[^1];
    }

    private sealed class Told
    {
        public required StoredOrder Order { get; init; }

        public VenueBookOrder? Book { get; init; }

        public long Replaces { get; init; }

        /// <summary>Its request was lost in this session: nothing will ever be said of it.</summary>
        public bool IsSilent { get; init; }

        public bool IsAcknowledged { get; set; }

        public bool IsEnded { get; set; }

        public decimal Filled { get; set; }

        public decimal Value { get; set; }

        public decimal Fees { get; set; }

        public decimal BaseFilled { get; init; }
    }
}
