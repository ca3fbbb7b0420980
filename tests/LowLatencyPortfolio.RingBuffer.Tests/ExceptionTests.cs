using Disruptor;

namespace LowLatencyPortfolio.RingBuffer.Tests;

public class ExceptionTests
{
    [Fact]
    public void An_event_whose_exception_was_handled_counts_as_handled()
    {
        var disruptor = Rings.NewDisruptor();
        var exceptions = new RecordingExceptionHandler();
        var (handler, next) = (FailingAt(1, 3), new Recorder());
        disruptor.HandleEventsWith(handler).Then(next);
        disruptor.SetDefaultExceptionHandler(exceptions);
        Rings.Start(disruptor);
        disruptor.RingBuffer.PublishKeys(0, 5);
        Rings.Drain(disruptor);
        Assert.Equal([0, 2, 4], handler.Keys);
        Assert.Equal(5, next.Count);
        Assert.Equal([1, 3], exceptions.Seen.Select(seen => seen.Sequence));
        Assert.All(exceptions.Seen, seen => Assert.IsType<FormatException>(seen.Ex));
    }

    [Fact]
    public void One_handler_may_have_an_exception_handler_of_its_own()
    {
        var disruptor = Rings.NewDisruptor();
        var (common, own) = (new RecordingExceptionHandler(), new RecordingExceptionHandler());
        var (one, two) = (FailingAt(0), FailingAt(0));
        disruptor.SetDefaultExceptionHandler(common);
        disruptor.HandleEventsWith(one, two);
#pragma warning disable CS0618 // Obsolete in version 7 of the package, and all there is in version 6.
        disruptor.HandleExceptionsFor(two).With(own);
#pragma warning restore CS0618
        Rings.Start(disruptor);
        disruptor.RingBuffer.PublishKeys(0, 1);
        Rings.Drain(disruptor);
        Assert.Single(common.Seen);
        Assert.Single(own.Seen);
    }

    [Fact]
    public void A_foreign_cancellation_is_an_ordinary_exception()
    {
        var disruptor = Rings.NewDisruptor();
        var exceptions = new RecordingExceptionHandler();
        var handler = new Recorder
        {
            Before = sequence =>
            {
                if (sequence == 0)
                    throw new OperationCanceledException();
            },
        };
        disruptor.HandleEventsWith(handler);
        disruptor.SetDefaultExceptionHandler(exceptions);
        Rings.Start(disruptor);
        disruptor.RingBuffer.PublishKeys(0, 2);
        Rings.Drain(disruptor);
        Assert.IsType<OperationCanceledException>(exceptions.Seen.Single().Ex);
        Assert.Equal([1], handler.Keys);
    }

    [Fact]
    public void The_fatal_handler_throws_around_what_it_got()
    {
        var fatal = new ValueFatalExceptionHandler<Ev>();
        var cause = new FormatException();
        var slot = default(Ev);
        Assert.Same(cause, Assert.Throws<ApplicationException>(
            () => fatal.HandleEventException(cause, 1, ref slot)).InnerException);
    }

    private static Recorder FailingAt(params long[] sequences) => new()
    {
        Before = sequence =>
        {
            if (sequences.Contains(sequence))
                throw new FormatException();
        },
    };
}
