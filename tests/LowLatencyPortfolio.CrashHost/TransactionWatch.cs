namespace LowLatencyPortfolio.CrashHost;

/// <summary>What the transaction under way has written, and the points that lie in it and behind it.</summary>
internal sealed class TransactionWatch
{
    private readonly Lock _lock = new();
    private readonly List<string> _written = [];

    /// <summary>A statement begins or has ended.</summary>
    /// <param name="sql">With its values.</param>
    /// <param name="isBegin">Whether it is about to run; else it has run.</param>
    /// <param name="plan">Where to crash.</param>
    public void On(string sql, bool isBegin, CrashPlan plan)
    {
        lock (_lock)
        {
            if (sql.StartsWith("BEGIN", StringComparison.Ordinal))
            {
                _written.Clear();
            }
            else if (isBegin && sql != "COMMIT")
            {
                OnWriting(sql, plan);
                _written.Add(sql);
            }
            else if (sql == "COMMIT" && isBegin)
            {
                OnCommitting(plan);
            }
            else if (sql == "COMMIT")
            {
                OnCommitted(plan);
            }
        }
    }

    private void OnWriting(string sql, CrashPlan plan)
    {
        plan.At("03", sql.Contains("'ENTRY', 'INTENDED'", StringComparison.Ordinal));
        plan.At("28", sql.Contains("journal_mode = WAL", StringComparison.Ordinal) && Has("INTO meta"));
        plan.At("29", sql.Contains("CREATE TABLE history", StringComparison.Ordinal));
    }

    private void OnCommitting(CrashPlan plan)
    {
        plan.At("04", Has("'ENTRY', 'INTENDED'"));
        plan.At("15", Has("INTO positions"));
        plan.At("15 reduce", Has("'REDUCE', 'FILLED'"));
        plan.At("26", Has("'RECONCILED'"));
        plan.At("27", Has("INTO checkpoint("));
    }

    private void OnCommitted(CrashPlan plan)
    {
        plan.At("12", Has("'ENTRY', 'WORKING'"));
        plan.At("16", Has("INTO positions") && !Has("'STOP', 'SUBMITTED'"));
        plan.At("17", Has("'STOP', 'SUBMITTED'"));
        plan.At("17 fallen", Has("'STOP', 'SUBMITTED'"));
        plan.At("17 reduce", Has("'REDUCE', 'SUBMITTED'"));
        plan.At("19", Has("'STOP', 'CANCEL_PENDING'") && Has("'STOP', 'SUBMITTED'"));
        plan.At("19 late", Has("'STOP', 'CANCEL_PENDING'") && Has("'STOP', 'SUBMITTED'"));
        plan.At("24", Has("'EXIT_FILLED'"));
        plan.At("24 reduce", Has("'EXIT_FILLED'"));
    }

    private bool Has(string text) => _written.Any(sql => sql.Contains(text, StringComparison.Ordinal));
}
