import type { Command } from 'commander';
import { cashOnDelivery } from '../../../shared/payment/cash/index.ts';
import { loadPaymentProviders } from '../../../shared/payment/providers/index.ts';
import { type OperatorValues, operatorOptions, withOperator } from '../client/operator-options.ts';
import { exitWith } from '../command-line/exit-with.ts';
import { path } from '../command-line/option-values.ts';
import { readTextFile } from '../files/read-text-file.ts';
import { say } from '../terminal/say.ts';
import type { ReconcileOptions } from './reconcile-options.ts';

const run = async (options: ReconcileOptions) => {
  const { operatorAt } = await import('../client/operator-at.ts');
  const { reconcileFile, showOpen } = await import('./reconcile-file.ts');
  const { provider, file } = options;
  const operator = () => operatorAt(options);
  if (file === undefined) return exitWith(await showOpen(provider, await operator(), say));
  const format = formatOf(provider);
  if (format === undefined) throw new Error(`${provider} has no settlement files`);
  exitWith(await reconcileFile(options, { text: readTextFile(file), format }, operator, say));
};

const settling = [...(await loadPaymentProviders()), cashOnDelivery];

const formatOf = (provider: string) => settling.find(({ code }) => code === provider)?.settlementFile;

/** A line for each provider that settles by files. */
const formats = () =>
  settling.flatMap(({ code, settlementFile }) =>
    settlementFile === undefined ? [] : [`  ${code}: ${settlementFile.format}`],
  );

/** `entrepot reconcile`. `work` does the work. */
export function addReconcile(
  program: Command,
  work: (options: ReconcileOptions) => Promise<void> = run,
): void {
  const verb: Command = program
    .command('reconcile')
    .summary('compare the settlements of payment providers with the ledger')
    .description(
      "Shows what differs between a payment provider's settlements and the ledger, or compares a settlement file with " +
        'it, through the admin API (POST /v1/admin/reconciliations). A line that matches is booked with its fee. Each ' +
        'difference is kept once, and its order goes on the attention list. A file that comes again changes nothing. ' +
        'The exit code is 0 if nothing differs.',
    )
    .argument('<provider>', 'the code of the payment provider')
    .option('--file <file>', 'a settlement file of the provider', path)
    .option('--dry-run', 'show what the lines of the file are, and book nothing');
  withOperator(verb, 'orders:write')
    .addHelpText(
      'after',
      `
Providers that tell their settlements by an API are read once a day.
${formats().length === 0 ? 'No provider has settlement files.' : ['Settlement files:', ...formats()].join('\n')}`,
    )
    .action(
      (
        provider: string,
        {
          file,
          dryRun: isDry,
          ...values
        }: OperatorValues & { readonly file?: string; readonly dryRun?: true },
      ) => {
        const dryRun = isDry ?? false;
        if (dryRun && file === undefined) verb.error('error: --dry-run needs --file');
        return work({ provider, file, dryRun, ...operatorOptions(values) });
      },
    );
}
