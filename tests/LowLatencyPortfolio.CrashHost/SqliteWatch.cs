using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace LowLatencyPortfolio.CrashHost;

/// <summary>Sees every statement of every connection of this process begin and end, as SQLite tells it.</summary>
internal static unsafe partial class SqliteWatch
{
    private const uint TraceStatement = 1;
    private const uint TraceEnd = 2;

    private static readonly TransactionWatch s_transaction = new();
    private static CrashPlan? s_plan;

    /// <summary>Begins; before the first connection.</summary>
    public static void Install(CrashPlan plan)
    {
        s_plan = plan;
        _ = AutoExtension(&OnOpened);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int OnOpened(nint connection, nint error, nint api) =>
        TraceV2(connection, TraceStatement | TraceEnd, &OnTrace, 0);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int OnTrace(uint kind, nint context, nint statement, nint more)
    {
        nint expanded = ExpandedSql(statement);
        string sql = Marshal.PtrToStringUTF8(expanded) ?? string.Empty;
        Free(expanded);
        s_transaction.On(sql, isBegin: kind == TraceStatement, s_plan!);
        return 0;
    }

    [LibraryImport("e_sqlite3", EntryPoint = "sqlite3_auto_extension")]
    private static partial int AutoExtension(delegate* unmanaged[Cdecl]<nint, nint, nint, int> entry);

    [LibraryImport("e_sqlite3", EntryPoint = "sqlite3_trace_v2")]
    private static partial int TraceV2(
        nint connection, uint mask, delegate* unmanaged[Cdecl]<uint, nint, nint, nint, int> callback, nint context);

    [LibraryImport("e_sqlite3", EntryPoint = "sqlite3_expanded_sql")]
    private static partial nint ExpandedSql(nint statement);

    [LibraryImport("e_sqlite3", EntryPoint = "sqlite3_free")]
    private static partial void Free(nint memory);
}
