import { parseArgs } from 'node:util';
import {
  type OperatorOptions,
  operatorHelp,
  operatorOptions,
  readOperator,
} from '../client/operator-options.ts';

export const PRODUCTS_HELP = `Usage: npm run products -- import FILE.csv|FILE.json [options]

Checks every product of a file against a running backend, shows what would be added and changed, and stores it once
that is confirmed. A file with one wrong line stores nothing. A file that is larger than a request goes in several,
each of them whole or not at all: what a crash in the middle left out is stored by importing the file again, and what
is there already stays as it is.

Options:
  --dry-run            show what would change and store nothing
  --yes                store without asking
${operatorHelp('catalogue:write', 21)}
  --help               this text

The columns are listed in docs/catalogue-import.md. JSON is an array of products as PUT /v1/admin/products/{sku} takes
them, each with its sku.
`;

export interface ImportCommand extends OperatorOptions {
  readonly command: 'import';
  readonly file: string;
  readonly dryRun: boolean;
  readonly yes: boolean;
}

export type ProductsCommand = { readonly command: 'help' } | ImportCommand;

/** Reads the command line. Throws an Error whose message can be shown. */
export function readProductsOptions(args: readonly string[], token: string | undefined): ProductsCommand {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      'dry-run': { type: 'boolean', default: false },
      yes: { type: 'boolean', default: false },
      ...operatorOptions,
      help: { type: 'boolean', default: false },
    },
  });
  const [command, file, ...more] = positionals;
  if (values.help || command === undefined || command === 'help') return { command: 'help' };
  if (command !== 'import') throw new Error(`${command} is no command: import   (--help tells more)`);
  if (file === undefined) throw new Error('which file? npm run products -- import FILE.csv');
  if (more.length > 0) throw new Error(`one file at a time, not also ${more.join(', ')}`);
  return {
    ...{ command, file, dryRun: values['dry-run'], yes: values.yes },
    ...readOperator(values, token),
  };
}
