import { writeFileSync } from 'node:fs';
import { builtinRows } from '../../../shared/duties/rules/builtin.ts';
import { fingerprint } from '../../../shared/kernel/hash.ts';
import { checkFile } from './check-file.ts';
import { convertFile } from './convert-file.ts';
import { importFile } from './import-file.ts';
import { RULES_HELP, readRulesOptions } from './rules-options.ts';

const versionFile = new URL('../../../shared/duties/rules/data/version.json', import.meta.url);
const say = (line: string) => console.log(line);

/** `npm run rules`: trade rules, from files into a running backend, and from public schedules into files. */
async function main(): Promise<boolean> {
  const options = readRulesOptions(process.argv.slice(2), process.env.ENTREPOT_TOKEN);
  const today = new Date().toISOString().slice(0, 10);
  if (options.command === 'help') say(RULES_HELP);
  else if (options.command === 'version') writeVersion(today);
  else if (options.command === 'check') checkFile(options.file, say);
  else if (options.command === 'convert') return convertFile(options, today, say);
  else await importFile(options, say);
  return true;
}

function writeVersion(today: string): void {
  const version = `${today}-${fingerprint(builtinRows).slice(0, 8)}`;
  writeFileSync(versionFile, `{ "version": "${version}" }\n`);
  say(`${builtinRows.length} rules, version ${version}`);
}

try {
  if (!(await main())) process.exitCode = 1;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
