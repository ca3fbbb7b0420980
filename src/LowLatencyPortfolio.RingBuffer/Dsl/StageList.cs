using Disruptor.Processing;

namespace Disruptor.Dsl;

/// <summary>The stages in the order they were added, so each stands after those it waits for.</summary>
internal sealed class StageList<T>
    where T : struct
{
    private readonly List<Stage<T>> _stages = [];

    public IEnumerable<IEventProcessor> Processors => _stages.Select(stage => stage.Processor);

    public void Add(Stage<T> stage) => _stages.Add(stage);

    /// <summary>By identity, whatever the handler's Equals says; null when it was never added.</summary>
    public Stage<T>? Find(IValueEventHandler<T> handler) =>
        _stages.Find(stage => ReferenceEquals(stage.Handler, handler));

    public Stage<T>? Find(IEventProcessor processor) =>
        _stages.Find(stage => ReferenceEquals(stage.Processor, processor));

    /// <summary>Somebody now waits for these, so the producers need not look at them any more.</summary>
    public void MarkAsFollowed(Sequence[] sequences)
    {
        foreach (var stage in _stages)
        {
            if (sequences.Contains(stage.Processor.Sequence))
                stage.IsEndOfChain = false;
        }
    }

    /// <summary>Disposes of processors made here or for here; those made outside belong to their maker.</summary>
    public void DisposeOwn()
    {
        foreach (var stage in _stages)
        {
            if (stage.Handler is not null)
                stage.Processor.Dispose();
        }
    }

    /// <summary>Whether every event up to the cursor has been handled.</summary>
    public bool HasHandledAllUpTo(long cursor)
    {
        foreach (var stage in _stages)
        {
            if (stage.IsEndOfChain && stage.Processor.IsRunning && stage.Processor.Sequence.Value < cursor)
                return false;
        }

        return true;
    }

    /// <summary>Whether the stages that still run have handled all that the dead ones let through.</summary>
    public bool HasHandledAllThatCanCome()
    {
        foreach (var stage in _stages)
        {
            if (!stage.HasNothingLeft)
                return false;
        }

        return true;
    }
}
