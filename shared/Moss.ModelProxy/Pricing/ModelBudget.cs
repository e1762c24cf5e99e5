namespace Moss.ModelProxy.Pricing;

/// <summary>
/// What may still be paid. Money is set aside before a call and settled after it, so that calls at once cannot pass the ceiling
/// together. Safe from several threads.
/// </summary>
internal sealed class ModelBudget
{
    private readonly decimal ceiling;
    private readonly Lock turn = new();
    private decimal spent;
    private decimal reserved;

    /// <param name="ceiling">US dollars.</param>
    public ModelBudget(decimal ceiling) => this.ceiling = ceiling;

    /// <summary>Paid so far.</summary>
    public decimal Spent
    {
        get
        {
            lock (turn)
            {
                return spent;
            }
        }
    }

    /// <summary>Sets money aside; null when there is not as much. Nothing at all is to be had once the ceiling is reached.</summary>
    public Reservation? Reserve(decimal amount)
    {
        lock (turn)
        {
            if (spent + reserved >= ceiling || spent + reserved + amount > ceiling)
            {
                return null;
            }

            reserved += amount;
            return new(this, amount);
        }
    }

    /// <summary>Money set aside for one call.</summary>
    internal sealed class Reservation(ModelBudget budget, decimal amount)
    {
        private bool settled;

        /// <summary>How much.</summary>
        public decimal Amount { get; private set; } = amount;

        /// <summary>Sets more aside when the call turns out dearer; false when there is no more.</summary>
        public bool Covers(decimal needed)
        {
            lock (budget.turn)
            {
                if (needed <= Amount)
                {
                    return true;
                }

                if (budget.spent + budget.reserved - Amount + needed > budget.ceiling)
                {
                    return false;
                }

                budget.reserved += needed - Amount;
                Amount = needed;
                return true;
            }
        }

        /// <summary>Pays what the call did cost, and sets nothing aside any more. Only the first time counts.</summary>
        public void Settle(decimal cost)
        {
            lock (budget.turn)
            {
                if (!settled)
                {
                    settled = true;
                    budget.reserved -= Amount;
                    budget.spent += cost;
                }
            }
        }
    }
}
