namespace LowLatencyPortfolio.Persistence;

/// <summary>The ways a replay can begin on a database.</summary>
public enum ReplayStartKind
{
    /// <summary>Nothing was there: begin with the initial state.</summary>
    Fresh = 0,

    /// <summary>
    /// The same run was interrupted: its tables stand at its newest checkpoint again; restore and skip.
    /// </summary>
    Resumed = 1,

    /// <summary>
    /// An earlier run is finished: restore its final state and play another, later input from its beginning.
    /// </summary>
    Continued = 2,
}
