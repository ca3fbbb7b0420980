using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Exchanges.Paper;

/// <summary>How the paper exchange's plain structs stand in a checkpoint, field by field.</summary>
internal static class PaperRecords
{
    public static void Write(CheckpointWriter writer, in PaperOrder order)
    {
        writer.Write(order.Sequence);
        writer.Write(order.Limit);
        writer.Write(order.Trigger);
        writer.Write(order.Quantity);
        writer.Write(order.Filled);
        writer.Write(order.HoldPrice);
        writer.Write((long)order.Product);
        writer.Write((long)order.Side);
        writer.Write((long)order.Type);
        writer.Write(order.Fresh);
        writer.Write(order.Triggered);
    }

    public static PaperOrder ReadOrder(CheckpointReader reader) => new()
    {
        Sequence = reader.ReadInt64(),
        Limit = reader.ReadInt64(),
        Trigger = reader.ReadInt64(),
        Quantity = reader.ReadInt64(),
        Filled = reader.ReadInt64(),
        HoldPrice = reader.ReadInt64(),
        Product = reader.ReadInt32(),
        Side = (OrderSide)reader.ReadInt64(),
        Type = (OrderType)reader.ReadInt64(),
        Fresh = reader.ReadBoolean(),
        Triggered = reader.ReadBoolean(),
    };

    public static void Write(CheckpointWriter writer, in OrderCommand command)
    {
        writer.Write((long)command.Kind);
        writer.Write((long)command.Side);
        writer.Write((long)command.Type);
        writer.Write((long)command.Purpose);
        writer.Write((long)command.Product);
        writer.Write(command.Sequence);
        writer.Write(command.Replaces);
        writer.Write(command.Limit);
        writer.Write(command.Trigger);
        writer.Write(command.Quantity);
        writer.Write(command.ReleasedAtNs);
        writer.Write(command.CausedAtNs);
    }

    public static OrderCommand ReadCommand(CheckpointReader reader) => new()
    {
        Kind = (OrderCommandKind)reader.ReadInt64(),
        Side = (OrderSide)reader.ReadInt64(),
        Type = (OrderType)reader.ReadInt64(),
        Purpose = (OrderPurpose)reader.ReadInt64(),
        Product = reader.ReadInt32(),
        Sequence = reader.ReadInt64(),
        Replaces = reader.ReadInt64(),
        Limit = reader.ReadInt64(),
        Trigger = reader.ReadInt64(),
        Quantity = reader.ReadInt64(),
        ReleasedAtNs = reader.ReadInt64(),
        CausedAtNs = reader.ReadInt64(),
    };
}
