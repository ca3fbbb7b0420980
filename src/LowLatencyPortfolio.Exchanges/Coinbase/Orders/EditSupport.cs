namespace LowLatencyPortfolio.Exchanges.Coinbase;

/// <summary>Whether a product's stops can be moved by an edit: believed only after it was seen three times.</summary>
/// <remarks>Thread: under the desk's lock. Source: the venue's own documents disagree on it.</remarks>
internal sealed class EditSupport(int products)
{
    /// <summary>Edits that must be read back before the venue's word is enough.</summary>
    public const int ProofsNeeded = 3;

    private const int Off = -1;
    private const int Untried = 0;
    private const int Previewed = 1;

    private readonly int[] _state = new int[products];

    /// <summary>Whether an edit may be tried.</summary>
    public bool MayEdit(int product) => _state[product] != Off;

    /// <summary>Whether the first edit has yet to be asked about.</summary>
    public bool NeedsPreview(int product) => _state[product] == Untried;

    /// <summary>Whether the venue's word is enough.</summary>
    public bool IsProven(int product) => _state[product] > ProofsNeeded;

    /// <summary>Whether an edit was seen carried out.</summary>
    public bool HasEverWorked(int product) => _state[product] > Previewed;

    /// <summary>The preview found nothing against it.</summary>
    public void OnPreviewed(int product) => _state[product] = Math.Max(_state[product], Previewed);

    /// <summary>An edit was read back as it was asked for.</summary>
    public void OnProven(int product) => _state[product] = MayEdit(product) ? _state[product] + 1 : Off;

    /// <summary>The product's stops are cancelled and placed anew from now on.</summary>
    public void TurnOff(int product) => _state[product] = Off;
}
