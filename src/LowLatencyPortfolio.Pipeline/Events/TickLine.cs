using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace LowLatencyPortfolio.Pipeline;

/// <summary>Writes line 0 of an event for a tick that stands for itself.</summary>
/// <remarks>
/// Two wide stores where the fields would be ten: a line that comes back from the stages' core is waited for in the
/// store queue, and with fewer entries a tick more such lines can be on their way at once.
/// </remarks>
internal static class TickLine
{
    private const int CountShift = 16;
    private const int ProductShift = 32;
    private const int HalfLine = 4;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Write(
        ref TradingEvent e, int product, long receivedAtNs, long venueTimeNs, long price, long quantity, long tradeKey)
    {
        if (Vector256.IsHardwareAccelerated && BitConverter.IsLittleEndian)
        {
            ref long line = ref Unsafe.As<TradingEvent, long>(ref e);
            long head = (long)EventKind.Tick | (1L << CountShift) | ((long)product << ProductShift);
            Vector256.Create(head, receivedAtNs, venueTimeNs, price).StoreUnsafe(ref line);
            Vector256.Create(quantity, price, price, tradeKey).StoreUnsafe(ref line, HalfLine);
            return;
        }

        e.Kind = EventKind.Tick;
        e.Count = 1;
        e.Product = product;
        e.ReceivedAtNs = receivedAtNs;
        e.VenueTimeNs = venueTimeNs;
        e.Price = price;
        e.Quantity = quantity;
        e.Low = price;
        e.High = price;
        e.TradeKey = tradeKey;
    }
}
