import { createProgress } from '../terminal/progress.ts';
import { importProducts } from './import-products.ts';
import { PRODUCTS_HELP, readProductsOptions } from './products-options.ts';

/** `npm run products`: a catalogue from a file into a running backend. */
async function main(): Promise<void> {
  const options = readProductsOptions(process.argv.slice(2), process.env.ENTREPOT_TOKEN);
  if (options.command === 'help') console.log(PRODUCTS_HELP);
  else await importProducts(options, createProgress(process.stdout));
}

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
