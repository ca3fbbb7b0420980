using System.Numerics;

namespace LowLatencyPortfolio.Domain.Tests.Portfolio;

public sealed class PositionLedgerTests
{
    [Fact]
    public void A_buy_adds_cost_and_takes_its_fee_off_the_realized_result()
    {
        PositionLedger ledger = default;
        ledger.ApplyBuy(0.5m, 10_000m, 120m, timeNs: 7);

        Assert.Equal(0.5m, ledger.Quantity);
        Assert.Equal(10_000m, ledger.Cost);
        Assert.Equal(-120m, ledger.Realized);
        Assert.Equal(-120m, ledger.TradeRealized);
        Assert.Equal(120m, ledger.Fees);
        Assert.Equal(20_000m, ledger.EntryPrice);
        Assert.Equal(7, ledger.OpenedAtNs);
        Assert.Equal(500m, ledger.Unrealized(21_000m));
    }

    [Fact]
    public void A_partial_sell_removes_its_share_of_the_cost_truncated_to_eight_decimals()
    {
        PositionLedger ledger = default;
        ledger.ApplyBuy(3m, 100m, 0m, 1);
        ledger.ApplySell(1m, 40m, 0.5m, 2);

        Assert.Equal(66.66666667m, ledger.Cost);                    // 100 − 33.33333333
        Assert.Equal(40m - 33.33333333m - 0.5m, ledger.Realized);
        Assert.Equal(2m, ledger.Quantity);
        Assert.Equal(0, ledger.ClosedTrades);
    }

    [Fact]
    public void The_last_sell_removes_all_that_is_left_of_the_cost()
    {
        PositionLedger ledger = default;
        ledger.ApplyBuy(3m, 100m, 0m, 1);
        ledger.ApplySell(1m, 40m, 0m, 2);
        ledger.ApplySell(2m, 60m, 0m, 3);

        Assert.Equal(0m, ledger.Cost);
        Assert.Equal(0m, ledger.Quantity);
        Assert.Equal(0m, ledger.Realized);
        Assert.Equal(3, ledger.ClosedAtNs);
    }

    [Theory]
    [InlineData(101.3, 0)]      // fees 0.6 + 0.7 eat exactly what was won
    [InlineData(101.30000001, 1)]
    [InlineData(101.29999999, 0)]
    public void A_trade_wins_only_if_something_is_left_after_the_fees_of_both_sides(decimal proceeds, long won)
    {
        PositionLedger ledger = default;
        ledger.ApplyBuy(1m, 100m, 0.6m, 1);
        ledger.ApplySell(1m, proceeds, 0.7m, 2);

        Assert.Equal(1, ledger.ClosedTrades);
        Assert.Equal(won, ledger.WonTrades);
    }

    [Fact]
    public void A_trade_runs_from_flat_to_flat_and_its_numbers_stay_until_the_next_buy()
    {
        PositionLedger ledger = default;
        ledger.ApplyBuy(1m, 100m, 1m, 10);
        ledger.ApplyBuy(1m, 110m, 1m, 20);
        ledger.ApplySell(2m, 230m, 2m, 30);
        Assert.Equal((2m, 210m, 2m, 230m, 4m, 16m), Trade(ledger));
        Assert.Equal((10L, 30L), (ledger.OpenedAtNs, ledger.ClosedAtNs));

        ledger.ApplyBuy(3m, 90m, 0.5m, 40);
        Assert.Equal((3m, 90m, 0m, 0m, 0.5m, -0.5m), Trade(ledger));
        Assert.Equal((40L, 30L), (ledger.OpenedAtNs, ledger.ClosedAtNs));
        Assert.Equal(15.5m, ledger.Realized);
        Assert.Equal(4.5m, ledger.Fees);
    }

    [Fact]
    public void Selling_more_than_held_is_refused_and_changes_nothing()
    {
        PositionLedger ledger = default;
        ledger.ApplyBuy(1m, 100m, 1m, 1);
        PositionLedger before = ledger;

        Assert.Throws<InvalidOperationException>(() => ledger.ApplySell(1.00000001m, 100m, 1m, 2));
        Assert.Equal(before, ledger);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void A_fill_of_nothing_is_refused(decimal quantity)
    {
        PositionLedger ledger = default;
        Assert.Throws<ArgumentOutOfRangeException>(() => ledger.ApplyBuy(quantity, 1m, 0m, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => ledger.ApplySell(quantity, 1m, 0m, 1));
        Assert.Equal(default, ledger);
    }

    [Fact]
    public void The_entry_price_is_rounded_half_to_even_at_twelve_decimals_and_zero_when_flat()
    {
        PositionLedger ledger = default;
        Assert.Equal(0m, ledger.EntryPrice);
        ledger.ApplyBuy(2m, 0.000000000001m, 0m, 1);
        Assert.Equal(0m, ledger.EntryPrice);                        // half of the last digit, to even: down
        ledger.ApplyBuy(2m, 0.000000000005m, 0m, 1);
        Assert.Equal(0.000000000002m, ledger.EntryPrice);           // 1.5 of the last digit, to even: up
    }

    [Fact]
    public void Cost_and_result_equal_whole_number_arithmetic_to_the_last_digit_under_random_fills()
    {
        Seed seed = Seed.Take();
        Random random = seed.Random();
        PositionLedger ledger = default;
        BigInteger cost = 0, quantity = 0, flows = 0, fees = 0;     // 10⁻⁸ quote and 10⁻⁶ base
        for (int i = 0; i < 100_000; i++)
        {
            long lot = random.NextInt64(1, 5_000_000);
            long value = random.NextInt64(1, 50_000_000_000_000);
            long fee = random.NextInt64(-1_000, 5_000_000_000);
            if (quantity == 0 || random.Next(2) == 0)
            {
                ledger.ApplyBuy(lot / 1_000_000m, value / 100_000_000m, fee / 100_000_000m, i);
                (cost, quantity, flows) = (cost + value, quantity + lot, flows - value - fee);
            }
            else
            {
                BigInteger sold = random.Next(4) == 0 ? quantity : BigInteger.Min(lot, quantity);
                ledger.ApplySell((decimal)sold / 1_000_000m, value / 100_000_000m, fee / 100_000_000m, i);
                (cost, quantity, flows) = (cost - (cost * sold / quantity), quantity - sold, flows + value - fee);
            }

            fees += fee;
            Assert.True((decimal)cost / 100_000_000m == ledger.Cost, $"{seed}; fill {i}");
            Assert.True((decimal)quantity / 1_000_000m == ledger.Quantity, $"{seed}; fill {i}");
            Assert.True((decimal)flows / 100_000_000m == ledger.Realized - ledger.Cost, $"{seed}; fill {i}");
            Assert.True((decimal)fees / 100_000_000m == ledger.Fees, $"{seed}; fill {i}");
        }
    }

    [Fact]
    public void A_partial_sell_of_a_large_position_is_exact_where_decimal_would_round_the_product()
    {
        PositionLedger ledger = default;
        ledger.ApplyBuy(999_999_999_999.9999999999999999m, 333_333_333_333.3333333333333333m, 0m, 1);
        ledger.ApplySell(777_777_777_777.7777777777777777m, 0m, 0m, 2);

        Assert.Equal(74_074_074_074.0740740833333333m, ledger.Cost);    // 333… − 259,259,259,259.25925925
        Assert.Equal(-259_259_259_259.25925925m, ledger.Realized);
    }

    [Fact]
    public void The_cost_of_a_part_is_exact_for_every_number_that_is_allowed()
    {
        Seed seed = Seed.Take();
        Random random = seed.Random();
        BigInteger power = BigInteger.Pow(10, 16);
        for (int i = 0; i < 50_000; i++)
        {
            decimal whole = AnyNumber(random);
            decimal part = AnyNumber(random);
            decimal cost = AnyNumber(random);
            if (part == whole)
            {
                continue;
            }

            (part, whole) = (Math.Min(part, whole), Math.Max(part, whole));
            PositionLedger ledger = default;
            ledger.ApplyBuy(whole, cost, 0m, 1);
            ledger.ApplySell(part, 0m, 0m, 2);

            BigInteger removed = Units(cost) * Units(part) / Units(whole) / BigInteger.Pow(10, 8);
            Assert.True((decimal)removed / 100_000_000m == -ledger.Realized, $"{seed}; {cost} · {part} / {whole}");
            Assert.True(cost == ledger.Cost - ledger.Realized, $"{seed}; {cost} · {part} / {whole}");
        }

        BigInteger Units(decimal value) => ((BigInteger)decimal.Truncate(value) * power)
            + (BigInteger)((value - decimal.Truncate(value)) * (decimal)power);
    }

    [Fact]
    public void A_sell_beyond_all_numbers_that_are_allowed_is_refused_and_changes_nothing()
    {
        PositionLedger ledger = default;
        ledger.ApplyBuy(decimal.MaxValue, 1m, 0m, 1);
        PositionLedger before = ledger;

        Assert.Throws<OverflowException>(() => ledger.ApplySell(0.0000000000000001m, 1m, 0m, 2));
        Assert.Equal(before, ledger);
    }

    // Up to 12 digits before the point and up to 16 after it, short and long ones alike.
    private static decimal AnyNumber(Random random)
    {
        int decimals = random.Next(17);
        decimal whole = random.NextInt64(0, (long)Math.Pow(10, random.Next(13)));
        decimal fraction = new decimal(random.NextInt64(1, (long)Math.Pow(10, decimals) + 1))
            / (decimal)BigInteger.Pow(10, decimals);
        return whole + Math.Min(fraction, 1m);
    }

    private static (decimal, decimal, decimal, decimal, decimal, decimal) Trade(PositionLedger ledger) =>
        (ledger.BoughtQuantity, ledger.BoughtValue, ledger.SoldQuantity, ledger.SoldValue, ledger.TradeFees,
            ledger.TradeRealized);
}
