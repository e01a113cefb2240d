import { type Command, InvalidArgumentError } from 'commander';
import { type Currency, currencies } from '../../../../shared/kernel/currency.ts';
import { type Money, parseMajor } from '../../../../shared/kernel/money.ts';
import { type OperatorValues, operatorOptions, withOperator } from '../../client/operator-options.ts';
import { exitWith } from '../../command-line/exit-with.ts';
import { say } from '../../terminal/say.ts';
import type { ApproveOptions } from './approve-options.ts';

const HELP = `
Without ids and without --supplier, --under or --all it only lists what waits, and approves nothing.
--supplier and --under may be used together: an order has to meet both. Before it approves, the
command lists the orders and asks.

The exit code is 0 if all of them are approved, also by somebody else meanwhile, and 1 if one could
not be approved or the answer was no.

Examples:
  npm run replenish -- approve
  npm run replenish -- approve rpl_01M8MBWN6V0CZ7DFRJ260GZZXK
  npm run replenish -- approve --supplier potter --under 500.00EUR --yes`;

const approve = async (options: ApproveOptions) => {
  const { operatorAt } = await import('../../client/operator-at.ts');
  const { approveOrders } = await import('./approve-orders.ts');
  const { confirmed } = await import('../../terminal/confirmed.ts');
  exitWith(await approveOrders(options, { client: await operatorAt(options), ask: confirmed, say }));
};

interface Values extends OperatorValues {
  readonly supplier?: string;
  readonly under?: Money;
  readonly all?: true;
  readonly yes?: true;
  readonly json?: true;
}

/** `entrepot replenish approve`. `run` does the work. */
export function addApprove(
  replenish: Command,
  run: (options: ApproveOptions) => Promise<void> = approve,
): void {
  const command = replenish
    .command('approve')
    .summary('list the orders that wait for an approval, and approve them')
    .description(
      'Lists the purchase orders and transfer orders that wait for an approval, with their reasons, and approves those ' +
        'that are named (POST /v1/admin/replenishment/orders/{id}/approve).',
    )
    .argument('[ids...]', 'the orders to approve')
    .option('--supplier <id>', 'approve the orders of this supplier')
    .option('--under <amount>', 'approve the orders of at most this amount, such as 500.00EUR', amount)
    .option('--all', 'approve every order that waits')
    .option('--yes', 'ask no question')
    .option('--json', 'print the orders that wait as JSON, with their reasons; approve nothing');
  withOperator(command, 'replenishment:read and replenishment:approve')
    .addHelpText('after', HELP)
    .action((ids: readonly string[], values: Values, own: Command) => {
      const { supplier, under, all = false, yes = false, json = false } = values;
      const isNamed = ids.length > 0;
      if (isNamed && (all || supplier !== undefined || under !== undefined))
        own.error('error: ids are not used together with --supplier, --under or --all');
      if (all && (supplier !== undefined || under !== undefined))
        own.error('error: --all is not used together with --supplier or --under');
      return run({ ...operatorOptions(values), ids, supplier, under, all, yes, json });
    });
}

/** An amount in major units with its currency: `500.00EUR`, `500 EUR`. */
function amount(text: string): Money {
  const [, decimal = '', code = ''] = /^([\d.]+)\s*([A-Za-z]{3})$/.exec(text.trim()) ?? [];
  const currency = currencies.find((each): each is Currency => each === code.toUpperCase());
  const read = currency === undefined ? undefined : parseMajor(decimal, currency);
  if (read === undefined) throw new InvalidArgumentError('It takes an amount such as 500.00EUR.');
  return read;
}
