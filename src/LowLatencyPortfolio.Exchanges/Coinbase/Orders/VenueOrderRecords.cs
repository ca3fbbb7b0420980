using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Exchanges.Coinbase;

/// <summary>
/// What was reported of the orders that were not over at a clean stop: without it, what the venue says of them after
/// the next start could not be told from news.
/// </summary>
/// <remarks>The venue stays the truth: every order is looked at again before anything is believed of it.</remarks>
internal static class VenueOrderRecords
{
    private const string SectionName = "coinbase-3";
    private const string WithoutCancels = "coinbase-2";

    /// <summary>Writes the orders that are not over, and those that may yet turn out not to be.</summary>
    public static void Save(DeskState state, CheckpointWriter writer)
    {
        VenueOrderBook book = state.Book;
        int[] kept = [.. book.Live, .. state.Absent.Indices];
        writer.Section(SectionName);
        writer.Write((long)kept.Length);
        foreach (int index in kept)
        {
            ref VenueOrder order = ref book[index];
            OrderCommand command = order.Command;
            long shape = ((long)command.Side << 16) | ((long)command.Type << 8) | (long)command.Purpose;
            foreach (long number in (ReadOnlySpan<long>)[
                shape, command.Product, command.Sequence, command.Replaces, command.Limit, command.Trigger,
                command.Quantity, command.ReleasedAtNs, order.Epoch, order.ClientSequence, order.BaseFilled,
                order.Filled, order.VenueSize])
            {
                writer.Write(number);
            }

            foreach (decimal amount in (ReadOnlySpan<decimal>)[
                order.BaseValue, order.BaseFees, order.Value, order.Fees])
            {
                writer.Write(amount);
            }

            writer.Write(order.IsAcknowledged);
            writer.Write(order.IsTriggered);
            writer.Write(order.WasEdited);
            writer.Write(order.IsCancelOfEngine && order.Cancel != CancelPhase.None);
            writer.Write(order.ReplacedBy != 0);
            writer.Write(order.WasCancelAsked);
            writer.Write(order.Id.ToString());
        }
    }

    /// <summary>
    /// Takes them back; each is asked about at once, none is sent again, and cancels that were wanted still are.
    /// </summary>
    /// <exception cref="InvalidDataException">The record is of something else.</exception>
    public static void Restore(VenueOrderBook book, CheckpointReader reader)
    {
        bool hasCancels = !reader.TrySection(WithoutCancels);
        if (hasCancels)
        {
            reader.Section(SectionName);
        }

        long count = reader.ReadInt64();
        for (long i = 0; i < count; i++)
        {
            VenueOrder order = ReadNumbers(reader);
            order.BaseValue = reader.ReadDecimal();
            order.BaseFees = reader.ReadDecimal();
            order.Value = reader.ReadDecimal();
            order.Fees = reader.ReadDecimal();
            order.IsAcknowledged = reader.ReadBoolean();
            order.IsTriggered = reader.ReadBoolean();
            order.WasEdited = reader.ReadBoolean();
            order.IsCancelOfEngine = reader.ReadBoolean();
            bool wasBeingReplaced = reader.ReadBoolean();
            order.WasCancelAsked = hasCancels ? reader.ReadBoolean() : order.IsCancelOfEngine || wasBeingReplaced;
            _ = VenueOrderId.TryParse(reader.ReadString(), out order.Id);
            order.Phase = order.IsAcknowledged ? OrderPhase.Working : OrderPhase.Unknown;
            order.WasLost = !order.IsAcknowledged;
            order.IsRestored = true;
            order.Cancel = order.IsCancelOfEngine ? CancelPhase.Wanted : CancelPhase.None;
            book.TakeBack(in order);
            if (wasBeingReplaced && !order.IsCancelOfEngine)
            {
                // The replacement dies with its session; the engine, which is told, decides anew.
                book.Tell(
                    book.Find(order.Sequence), ReportKind.CancelRejected, RejectReason.None,
                    order.Command.ReleasedAtNs);
            }
        }
    }

    private static VenueOrder ReadNumbers(CheckpointReader reader)
    {
        long shape = reader.ReadInt64();
        return new VenueOrder
        {
            Command = new OrderCommand
            {
                Kind = OrderCommandKind.Place,
                Side = (OrderSide)(byte)(shape >> 16),
                Type = (OrderType)(byte)(shape >> 8),
                Purpose = (OrderPurpose)(byte)shape,
                Product = (int)reader.ReadInt64(),
                Sequence = reader.ReadInt64(),
                Replaces = reader.ReadInt64(),
                Limit = reader.ReadInt64(),
                Trigger = reader.ReadInt64(),
                Quantity = reader.ReadInt64(),
                ReleasedAtNs = reader.ReadInt64(),
            },
            Epoch = reader.ReadInt64(),
            ClientSequence = reader.ReadInt64(),
            BaseFilled = reader.ReadInt64(),
            Filled = reader.ReadInt64(),
            VenueSize = reader.ReadInt64(),
        };
    }
}
