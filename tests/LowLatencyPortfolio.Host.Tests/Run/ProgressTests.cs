using LowLatencyPortfolio.Host.Progress;
using LowLatencyPortfolio.Host.Run;
using LowLatencyPortfolio.Host.Tests.Report;

namespace LowLatencyPortfolio.Host.Tests.Run;

public sealed class ProgressTests
{
    private static readonly long FirstNs = ReportSamples.At("2023-12-08T00:00:00Z");
    private static readonly long LastNs = ReportSamples.At("2023-12-12T00:00:00Z");

    [Theory]
    [InlineData(0, null, "  0 %  0 ticks  starting")]
    [InlineData(84_321, "2023-12-10T00:00:30Z", " 50 %  84,321 ticks  2023-12-10 00:00 UTC")]
    [InlineData(200_000, "2023-12-12T00:00:00Z", "100 %  200,000 ticks  2023-12-12 00:00 UTC")]
    [InlineData(200_000, "2023-12-13T00:00:00Z", "100 %  200,000 ticks  2023-12-13 00:00 UTC")]
    public void The_line_says_share_ticks_and_event_time(long ticks, string? time, string expected) =>
        Assert.Equal(expected, ProgressLine.Text(ticks, time is null ? 0 : ReportSamples.At(time), FirstNs, LastNs));

    [Fact]
    public void A_terminal_gets_one_line_over_and_over_and_none_is_left()
    {
        using StringWriter terminal = new();
        RunProgress progress = new();
        using (ProgressLine line = new(terminal, isTerminal: true, progress, FirstNs, LastNs))
        {
            progress.Report(84_321, ReportSamples.At("2023-12-10T00:00:30Z"));
            line.Show();
        }

        string written = terminal.ToString();
        Assert.Contains("\r 50 %  84,321 ticks", written, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', written);
        Assert.EndsWith("\r", written, StringComparison.Ordinal);
        Assert.Equal(string.Empty, written.Split('\r')[^2].Trim());
    }

    [Fact]
    public void A_pipe_gets_nothing()
    {
        using StringWriter pipe = new();
        RunProgress progress = new();
        using (ProgressLine line = new(pipe, isTerminal: false, progress, FirstNs, LastNs))
        {
            progress.Report(84_321, LastNs);
            line.Show();
        }

        Assert.Equal(string.Empty, pipe.ToString());
    }

    [Fact]
    public void A_line_that_stays_wipes_the_one_that_is_rewritten_and_stands_alone_in_a_pipe()
    {
        using StringWriter terminal = new();
        using (TerminalLine line = new(terminal, isTerminal: true, TimeSpan.FromHours(1), () => "12 ticks"))
        {
            line.Start();
            line.Show();
            line.Write("ALARM: told");
            line.Show();
        }

        string wiped = $"\r{new string(' ', 8)}\r";
        Assert.Equal(
            $"\r12 ticks{wiped}ALARM: told\n\r12 ticks{wiped}", terminal.ToString());

        using StringWriter pipe = new();
        using (TerminalLine line = new(pipe, isTerminal: false, TimeSpan.FromHours(1), () => "12 ticks"))
        {
            line.Start();
            line.Show();
            line.Write("ALARM: told");
        }

        Assert.Equal("ALARM: told\n", pipe.ToString());
    }

    [Fact]
    public void A_terminal_that_is_gone_ends_the_line_and_nothing_else()
    {
        using GoneTerminal terminal = new();
        int asked = 0;
        using TerminalLine line = new(terminal, isTerminal: true, TimeSpan.FromHours(1), () => $"{++asked} ticks");
        line.Start();
        line.Show();
        terminal.IsGone = true;
        line.Show();
        line.Write("ALARM: told");
        line.Show();
        line.Show();
        Assert.Equal((2, 1), (asked, terminal.Failures));
        Assert.Equal("\r1 ticks", terminal.ToString());
    }

    [Fact]
    public void The_first_request_stops_the_run_and_the_second_is_not_ours()
    {
        using StopSignal stop = new();
        Assert.False(stop.Token.IsCancellationRequested);
        Assert.True(stop.Request());
        Assert.True(stop.Token.IsCancellationRequested);
        Assert.False(stop.Request());
    }

    private sealed class GoneTerminal : StringWriter
    {
        public bool IsGone { get; set; }

        public int Failures { get; private set; }

        public override void Write(string? value)
        {
            if (IsGone)
            {
                Failures++;
                throw new IOException("Input/output error");
            }

            base.Write(value);
        }
    }
}
