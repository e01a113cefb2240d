import { writeFileSync } from 'node:fs';
import { z } from 'zod';
import { destinationFileSchema } from '../../../shared/duties/destinations/destination-file.ts';
import { generatedFrom } from '../../../shared/duties/destinations/generate.ts';
import { builtinVersion, ruleFiles } from '../../../shared/duties/rules/builtin.ts';
import { checkFile } from './check-file.ts';
import { convertFile } from './convert-file.ts';
import { importFile } from './import-file.ts';
import { RULES_HELP, readRulesOptions } from './rules-options.ts';

const generated = new URL('../../../shared/duties/destinations/generated/', import.meta.url);
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

/** Throws what the schema finds where a file of the list is no destination. */
function writeVersion(today: string): void {
  const read = Object.entries(ruleFiles).map(([name, file]) => {
    const parsed = destinationFileSchema.safeParse(file);
    if (!parsed.success) throw new Error(`destinations/${name}: ${z.prettifyError(parsed.error)}`);
    return [name, parsed.data] as const;
  });
  const { files, rows } = generatedFrom(Object.fromEntries(read), { before: builtinVersion, today });
  for (const [name, content] of Object.entries(files))
    writeFileSync(new URL(name, generated), `${JSON.stringify(content, undefined, 2)}\n`);
  say(`${rows} rules, version ${files['version.json'].version}`);
}

try {
  if (!(await main())) process.exitCode = 1;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
