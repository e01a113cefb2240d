import { createApiClient } from '../operator/api-client.ts';
import { signInAt } from '../operator/operator-client.ts';
import { importRates, readSource } from './import-rates.ts';
import { RATES_HELP, type RatesOptions, readRatesOptions } from './rates-options.ts';

const say = (line: string) => console.log(line);

/** `npm run rates`: published exchange rates, from their files into a running backend. */
async function main(): Promise<boolean> {
  const options = readRatesOptions(process.argv.slice(2), process.env);
  if (options === undefined) {
    say(RATES_HELP);
    return true;
  }
  return importRates(options, await readSource(options.from), () => operatorOf(options), say);
}

async function operatorOf({ url, token, dataDir }: RatesOptions) {
  const access = token ?? (await signInAt(url, dataDir)());
  return createApiClient(url, { authorization: `Bearer ${access}` });
}

try {
  if (!(await main())) process.exitCode = 1;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
