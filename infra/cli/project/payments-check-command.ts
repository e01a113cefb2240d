import type { Command } from 'commander';
import { exitWith } from '../command-line/exit-with.ts';
import { wholeNumber } from '../command-line/option-values.ts';
import { say } from '../terminal/say.ts';

/** `entrepot check:payments`. */
export function addCheckPayments(program: Command): void {
  program
    .command('check:payments')
    .summary('run orders over all payment methods with misbehaviour, and compare books')
    .description(
      'Carries orders through random lives over the adapters of all payment providers and their sandboxes, in one ' +
        'process: lost answers, copies, forged and late calls, other amounts and currencies, declines, payments after ' +
        'the end, disputes, and providers that are out. Then compares the books of each provider with ours, order by ' +
        'order, and prints a table by method. The same seed draws the same lives. The exit code is 1 if books differ, ' +
        'a shopper was charged twice, or money was not returned. npm test runs fewer orders.',
    )
    .option('--orders <number>', 'how many orders', wholeNumber(1, 1_000_000), 1_000)
    .option('--seed <number>', 'the seed of the lives', wholeNumber(0, 100_000_000), 1)
    .option('--from <number>', 'begin with that order, counted from 0', wholeNumber(0, 1_000_000), 0)
    .action(async (options: { readonly orders: number; readonly seed: number; readonly from: number }) => {
      const { checkPayments } = await import('../../../test/payment-orders/check-payments.ts');
      exitWith(await checkPayments(options, say));
    });
}
