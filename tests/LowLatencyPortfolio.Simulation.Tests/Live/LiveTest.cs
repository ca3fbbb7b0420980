namespace LowLatencyPortfolio.Simulation.Tests.Live;

/// <summary>
/// A test of live sessions: a folder of its own, and at its end, whatever was tested, a search for the key in every
/// file that was written and in all that the programs printed.
/// </summary>
public abstract class LiveTest : IDisposable
{
    private readonly List<LlpProcess> _processes = [];

    private protected Workspace Workspace { get; } = new();

    public void Dispose()
    {
        GC.SuppressFinalize(this);
        try
        {
            AssertNoSecrets();
        }
        finally
        {
            Workspace.Dispose();
        }
    }

    private protected LlpProcess Start(params string[] arguments)
    {
        LlpProcess llp = LlpProcess.Start(arguments);
        _processes.Add(llp);
        return llp;
    }

    /// <summary>Runs to the end.</summary>
    private protected LlpResult Run(params string[] arguments)
    {
        using LlpProcess llp = Start(arguments);
        return llp.Finish();
    }

    private void AssertNoSecrets()
    {
        string keyFile = Workspace.File("key.json");
        if (!File.Exists(keyFile))
        {
            return;
        }

        SecretSearch search = new(keyFile);
        search.AssertNoFile(Workspace.Folder, keyFile);
        Assert.All(_processes, llp =>
        {
            (string output, string error) = llp.Printed;
            Assert.True(search.FindIn(output) is null, "standard output holds a secret");
            Assert.True(search.FindIn(error) is null, "standard error holds a secret");
        });
    }
}
