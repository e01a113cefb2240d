import { operatorAt } from '../client/operator-client.ts';
import { importRates, readSource } from './import-rates.ts';
import { RATES_HELP, readRatesOptions } from './rates-options.ts';

const say = (line: string) => console.log(line);

/** `npm run rates`: published exchange rates, from their files into a running backend. */
async function main(): Promise<boolean> {
  const options = readRatesOptions(process.argv.slice(2), process.env);
  if (options === undefined) {
    say(RATES_HELP);
    return true;
  }
  return importRates(options, await readSource(options.from), () => operatorAt(options), say);
}

try {
  if (!(await main())) process.exitCode = 1;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
