import type { Command } from 'commander';
import { type OperatorValues, operatorOptions, withOperator } from '../../client/operator-options.ts';
import type { ExplainOptions } from './explain-options.ts';

const HELP = `
The figures are those of the last run that planned all products; the open orders are those of now.
docs/replenishment-example.md follows one product from its sales to the shelf.

Examples:
  npm run replenish -- explain MUG-CERAMIC-350
  npm run replenish -- explain MUG-CERAMIC-350 --warehouse pl-poznan --json
  npm run replenish -- explain MUG-CERAMIC-350 --market DE`;

const explain = async (options: ExplainOptions) => {
  const { operatorAt } = await import('../../client/operator-at.ts');
  const { explainSku } = await import('./explain-sku.ts');
  await explainSku(options, {
    client: await operatorAt(options),
    write: (text) => void process.stdout.write(text),
  });
};

interface Values extends OperatorValues {
  readonly warehouse?: string;
  readonly market?: string;
  readonly json?: true;
}

/** `entrepot replenish explain`. `run` does the work. */
export function addExplain(
  replenish: Command,
  run: (options: ExplainOptions) => Promise<void> = explain,
): void {
  const command = replenish
    .command('explain')
    .summary('say why a product is ordered, or why it is not')
    .description(
      'Prints every figure of the last run for a product with its reason, from its sales to the order, and the orders ' +
        'of it that are open now (GET /v1/admin/replenishment/skus/{sku}). A plan is made for each warehouse, and serves ' +
        'all markets that the warehouse ships to; the ways of the goods are compared for each market.',
    )
    .argument('<sku>', 'the product')
    .option('--warehouse <id>', 'only this warehouse')
    .option('--market <country>', 'only the ways to this country, and the warehouses that they lead by')
    .option('--json', 'print it as JSON');
  withOperator(command, 'replenishment:read')
    .addHelpText('after', HELP)
    .action((sku: string, values: Values) =>
      run({
        ...operatorOptions(values),
        ...{ sku, warehouse: values.warehouse, market: values.market, json: values.json ?? false },
      }),
    );
}
