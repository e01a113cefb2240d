import { readFile } from 'node:fs/promises';
import { operatorAt } from '../client/operator-client.ts';
import { importInvoices } from './import-invoices.ts';
import { INVOICES_HELP, readInvoicesOptions } from './invoices-options.ts';

const say = (line: string) => console.log(line);

/** `npm run invoices`: carriers' invoices, from a file against the rate cards of a running backend. */
async function main(): Promise<boolean> {
  const options = readInvoicesOptions(process.argv.slice(2), process.env);
  if (options === undefined) {
    say(INVOICES_HELP);
    return true;
  }
  return importInvoices(options, await readFile(options.file, 'utf8'), () => operatorAt(options), say);
}

try {
  if (!(await main())) process.exitCode = 1;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
