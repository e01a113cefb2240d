import { type Command, Option } from 'commander';
import { type OperatorValues, operatorOptions, withOperator } from '../client/operator-options.ts';
import { exitWith } from '../command-line/exit-with.ts';
import type { EraseOptions } from './person-options.ts';

const erase = async (options: EraseOptions) => {
  const { operatorAt } = await import('../client/operator-at.ts');
  const { confirmed } = await import('../terminal/confirmed.ts');
  const { createProgress } = await import('../terminal/progress.ts');
  const { erasePerson } = await import('./erase-person.ts');
  const progress = createProgress(process.stdout);
  exitWith(await erasePerson(options, { client: await operatorAt(options), progress, ask: confirmed }));
};

interface Values extends OperatorValues {
  readonly order?: readonly string[];
  readonly email?: string;
  readonly dryRun?: true;
  readonly yes?: true;
}

/** `entrepot person`. `run` does the work. */
export function addPerson(program: Command, run: (options: EraseOptions) => Promise<void> = erase): void {
  const verb: Command = program
    .command('person')
    .summary('the personal data of shoppers')
    .description('The personal data of shoppers.')
    .command('erase')
    .summary('erase the personal data of a person, or of orders')
    .description(
      'Erases the personal data of orders that have ended, through the admin API (POST /v1/admin/erasures), and prints ' +
        'the receipts. Orders that have not ended are marked, and the backend erases them at their end. First it ' +
        'shows what it would erase, and asks. After a crash, run it again: what is erased stays erased.',
    )
    .addOption(new Option('--order <ids...>', 'the orders'))
    .addOption(
      new Option('--email <address>', 'every order of this e-mail address').env('ENTREPOT_PERSON_EMAIL'),
    )
    .option('--dry-run', 'show what would be erased, and write nothing')
    .option('--yes', 'erase without a question');
  withOperator(verb, 'privacy:erase')
    .addHelpText(
      'after',
      `
Name orders, or an e-mail address, or both. A shell keeps what is typed: give the address in
ENTREPOT_PERSON_EMAIL where others can read your history.
docs/erasure.md says what goes, what stays and why, and what partners have to be asked for.`,
    )
    .action(({ order = [], email, dryRun, yes, ...values }: Values) => {
      if (order.length === 0 && email === undefined) verb.error('error: name --order or --email');
      return run({
        orderIds: order,
        email,
        dryRun: dryRun ?? false,
        yes: yes ?? false,
        ...operatorOptions(values),
      });
    });
}
