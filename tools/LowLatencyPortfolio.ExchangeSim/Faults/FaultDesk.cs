namespace LowLatencyPortfolio.ExchangeSim.Faults;

/// <summary>Decides, occurrence by occurrence, what is struck. The same plan and the same order of occurrences strike
/// the same ones.</summary>
/// <remarks>Thread: any; one lock.</remarks>
internal sealed class FaultDesk
{
    private readonly Lock _lock = new();
    private FaultPlan _plan = FaultPlan.Empty;
    private Random _random = new(0);
    private RuleState[] _rules = [];

    /// <summary>What is in force.</summary>
    public FaultPlan Plan
    {
        get
        {
            lock (_lock)
            {
                return _plan;
            }
        }
    }

    /// <summary>Puts a plan in the place of the one in force; counting starts anew.</summary>
    /// <param name="plan">The new plan; <see cref="FaultPlan.Empty"/> ends all faults.</param>
    public void Use(FaultPlan plan)
    {
        lock (_lock)
        {
            _plan = plan;
            // A fault plan must repeat, not resist guessing.
#pragma warning disable CA5394
            _random = new Random(plan.Seed);
#pragma warning restore CA5394
            _rules = [.. plan.Rules.Select(rule => new RuleState(rule))];
        }
    }

    /// <summary>Whether the plan has such a fault, so that what it needs is kept ready.</summary>
    /// <param name="fault">The fault.</param>
    /// <returns>False: it cannot strike.</returns>
    public bool Watches(FaultKind fault)
    {
        lock (_lock)
        {
            return Array.Exists(_rules, state => state.Rule.Fault == fault);
        }
    }

    /// <summary>Counts one occurrence and says what strikes it.</summary>
    /// <param name="target">Kind of request or message.</param>
    /// <param name="product">The product it is about; null when it is about none or several.</param>
    /// <param name="channel">The channel of a message; null for requests.</param>
    /// <param name="path">The path of a request; null for messages.</param>
    /// <returns>The first rule in the plan's order that strikes; null for none.</returns>
    public FaultRule? Take(
        FaultTarget target, string? product = null, string? channel = null, string? path = null)
    {
        lock (_lock)
        {
            FaultRule? struck = null;
            foreach (RuleState state in _rules)
            {
                // Every rule counts, also behind one that strikes: otherwise its script would depend on the others.
                if (state.Matches(target, product, channel, path) && state.Strikes(_random) && struck is null)
                {
                    struck = state.Rule;
                }
            }

            return struck;
        }
    }

    /// <summary>How often each rule struck, in the plan's order.</summary>
    /// <returns>One number a rule.</returns>
    public IReadOnlyList<int> Strikes()
    {
        lock (_lock)
        {
            return [.. _rules.Select(state => state.Struck)];
        }
    }

    private sealed class RuleState(FaultRule rule)
    {
        private int _seen;
        private int _burstLeft;

        public FaultRule Rule => rule;

        public int Struck { get; private set; }

        public bool Matches(FaultTarget target, string? product, string? channel, string? path) =>
            rule.On == target
            && (rule.Product is null || rule.Product == product)
            && (rule.Channel is null || rule.Channel == channel)
            && (rule.Path is null || path?.StartsWith(rule.Path, StringComparison.Ordinal) == true);

        public bool Strikes(Random random)
        {
            _seen++;
            if (_burstLeft > 0)
            {
                _burstLeft--;
            }
            else if (rule.Times is { } times && Struck >= times * rule.Count)
            {
                return false;
            }
            else if (rule.Nth.Count > 0 ? rule.Nth.Contains(_seen) : Draw(random) < rule.Probability)
            {
                _burstLeft = rule.Count - 1;
            }
            else
            {
                return false;
            }

            Struck++;
            return true;
        }

#pragma warning disable CA5394 // repeatable on purpose
        private static double Draw(Random random) => random.NextDouble();
#pragma warning restore CA5394
    }
}
