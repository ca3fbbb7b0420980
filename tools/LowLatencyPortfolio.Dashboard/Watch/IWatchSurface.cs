using LowLatencyPortfolio.Dashboard.Rendering;

namespace LowLatencyPortfolio.Dashboard.Watch;

/// <summary>Where a watch shows what it sees: a terminal that is drawn anew, or a pipe.</summary>
internal interface IWatchSurface : IDisposable
{
    /// <summary>Shows a view.</summary>
    void Show(View view);

    /// <summary>Says why the database cannot be read just now.</summary>
    void Say(string fault);
}
