using Microsoft.EntityFrameworkCore.Diagnostics;

namespace ControlPlane.UseCases.Tests.House;

/// <summary>Stands for the end of the process.</summary>
public sealed class SimulatedCrash() : Exception("The process ends here.");

/// <summary>Ends the process, as far as a test can, just before or just after the n-th save, or at a push.</summary>
public sealed class CrashPoints : SaveChangesInterceptor
{
    private int _left = int.MaxValue;

    /// <summary>Only what happens meanwhile counts: the test's own saves are not the program's.</summary>
    public bool Armed { get; set; }

    /// <summary>Whether the point chosen was reached.</summary>
    public bool Crashed { get; private set; }

    /// <summary>The point with this number, counted from 0, crashes, once.</summary>
    public void CrashAt(int point) => (_left, Crashed) = (point, false);

    public async Task<T> While<T>(Func<Task<T>> work)
    {
        Armed = true;
        try
        {
            return await work();
        }
        finally
        {
            Armed = false;
        }
    }

    public void Pass()
    {
        if (!Armed || _left-- != 0) return;
        Crashed = true;
        throw new SimulatedCrash();
    }

    public override ValueTask<InterceptionResult<int>> SavingChangesAsync(DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        Pass();
        return base.SavingChangesAsync(eventData, result, cancellationToken);
    }

    public override ValueTask<int> SavedChangesAsync(SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        Pass();
        return base.SavedChangesAsync(eventData, result, cancellationToken);
    }
}
