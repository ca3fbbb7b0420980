namespace LowLatencyPortfolio.ExchangeSim;

/// <summary>One currency's money: what is free, what orders lock, and what ended orders still lock.</summary>
internal sealed class Wallet(string uuid, string currency, decimal opening)
{
    public string Uuid { get; } = uuid;
    public string Currency { get; } = currency;
    public decimal Opening { get; } = opening;
    public decimal Available { get; private set; } = opening;
    public decimal Hold { get; private set; }

    /// <summary>The part of <see cref="Hold"/> that belongs to orders which have ended.</summary>
    public decimal LateHold { get; private set; }

    public bool TryLock(decimal amount)
    {
        if (amount > Available)
            return false;
        Available -= amount;
        Hold += amount;
        return true;
    }

    public void Unlock(decimal amount)
    {
        Hold -= amount;
        Available += amount;
    }

    public void PayFromHold(decimal amount) => Hold -= amount;

    public void Receive(decimal amount) => Available += amount;

    public void KeepLate(decimal amount) => LateHold += amount;

    public void UnlockLate(decimal amount)
    {
        LateHold -= amount;
        Unlock(amount);
    }

    public AccountView View() => new(Uuid, Currency, Available, Hold);
}
