using System.Reflection;
using System.Reflection.Emit;
using LowLatencyPortfolio.CrashHost;

/// <summary>
/// What .NET runs in <c>llp</c>'s own process before its first line, where <c>DOTNET_STARTUP_HOOKS</c> names this
/// file: the program that is killed is <c>llp</c>, and its clock stands when the tests say so.
/// </summary>
/// <remarks>Without <c>LLP_CRASH_HOLD_MS</c> nothing happens. Name and place are .NET's.</remarks>
internal static class StartupHook
{
    public static void Initialize()
    {
        CrashPlan plan = CrashPlan.FromEnvironment(Environment.GetEnvironmentVariable);
        if (plan.HoldAfter is null)
        {
            return;
        }

        HeldClock clock = new(plan);
        Replace(clock);
        Console.SetOut(new OpeningWatch(Console.Out, clock.Begin));
        new Thread(() => Listen(clock)) { IsBackground = true }.Start();
    }

    // llp takes its time from TimeProvider.System alone, which nobody can set: reflection refuses, so it is an
    // instruction. Nothing has read it yet, so everybody gets this one.
    private static void Replace(TimeProvider clock)
    {
        FieldInfo system = typeof(TimeProvider).GetFields(BindingFlags.Static | BindingFlags.NonPublic)
            .Single(field => field.FieldType == typeof(TimeProvider));
        DynamicMethod set = new("Set", null, [typeof(TimeProvider)], typeof(TimeProvider), skipVisibility: true);
        ILGenerator code = set.GetILGenerator();
        code.Emit(OpCodes.Ldarg_0);
        code.Emit(OpCodes.Stsfld, system);
        code.Emit(OpCodes.Ret);
        set.CreateDelegate<Action<TimeProvider>>()(clock);
        if (TimeProvider.System != clock)
        {
            throw new InvalidOperationException("the clock of this process cannot be held");
        }
    }

    // Any line says go; no reader of lines, which would cost each start more than all else here.
    private static void Listen(HeldClock clock)
    {
        using Stream input = Console.OpenStandardInput();
        while (input.ReadByte() is >= 0 and int read)
        {
            if (read == '\n')
            {
                clock.Go();
            }
        }
    }
}
