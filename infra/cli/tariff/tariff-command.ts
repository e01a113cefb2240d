import { type Command, InvalidArgumentError, Option } from 'commander';
import { type OperatorValues, operatorOptions, withOperator } from '../client/operator-options.ts';
import { day, path, wholeNumber } from '../command-line/option-values.ts';
import { createProgress } from '../terminal/progress.ts';
import { say } from '../terminal/say.ts';
import type { FindOptions } from './find-lines.ts';
import { publishers } from './publishers/index.ts';
import type { ConvertOptions, EditionOptions, ImportOptions } from './tariff-options.ts';

/** The actions of the subcommands. They receive the options. */
export interface TariffVerbs {
  convert(options: ConvertOptions): Promise<void>;
  import(options: ImportOptions): Promise<void>;
  diff(before: string, after: string): Promise<void>;
  list(): Promise<void>;
  find(options: FindOptions): Promise<void>;
}

const today = () => new Date().toISOString().slice(0, 10);
const output = () => ({ progress: createProgress(process.stderr), say });

const verbs: TariffVerbs = {
  convert: async (options) =>
    (await import('./convert-edition.ts')).convertEdition(options, today(), output()),
  import: async (options) => (await import('./import-edition.ts')).importEdition(options, today(), output()),
  diff: async (before, after) => (await import('./diff-editions.ts')).diffEditions(before, after, say),
  list: async () => (await import('./list-editions.ts')).listEditions(say),
  find: async (options) => (await import('./find-lines.ts')).findLines(options, say),
};

/** Columns of the help, and of the names in it. */
const [WIDTH, NAME] = [100, 17];

/** A name with its text beside it, in lines that fit. */
function listed(name: string, text: string): string {
  const lines: string[] = [''];
  for (const word of text.split(' ')) {
    const line = lines.at(-1) ?? '';
    if (line !== '' && NAME + line.length + 1 + word.length > WIDTH) lines.push(word);
    else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`;
  }
  return lines.map((line, index) => (index === 0 ? `  ${name}` : '').padEnd(NAME) + line).join('\n');
}

const PUBLISHERS = `
Publishers (--as):
${publishers.map(({ name, title }) => listed(name, title)).join('\n')}

A line whose rate can't be computed exactly stays without a rate, and its goods are refused by name.`;

/** `entrepot tariff`: whole tariffs from their publishers' files. */
export function addTariff(program: Command, run: TariffVerbs = verbs): void {
  const tariff = program
    .command('tariff')
    .summary('tariffs: editions of whole lists of duty rates')
    .description("Tariffs: editions of whole lists of duty rates, made from their publishers' files.");
  withEdition(tariff.command('convert'))
    .summary("turn a publisher's files into the file of an edition")
    .description("Turns a publisher's files into the file of an edition, and says which rates were not read.")
    .option('--out <file>', 'the file to write; without it nothing is written', path)
    .addHelpText('after', PUBLISHERS)
    .action((files: readonly string[], values: ConvertValues, command: Command) =>
      run.convert({ ...editionOptions(files, values, command), out: values.out }),
    );
  withOperator(withEdition(tariff.command('import')), 'rules:write')
    .summary('import an edition into a running backend')
    .description(
      "Turns a publisher's files into an edition, shows by chapter what it changes, asks, and stores all of it or " +
        'nothing in a running backend. Its rates are used from its first day on.',
    )
    .option('--dry-run', 'show the changes and store nothing')
    .option('--yes', 'store without a question')
    .addHelpText('after', PUBLISHERS)
    .action((files: readonly string[], values: ImportValues, command: Command) =>
      run.import({
        ...editionOptions(files, values, command),
        ...operatorOptions(values),
        dryRun: values.dryRun ?? false,
        yes: values.yes ?? false,
      }),
    );
  tariff
    .command('diff')
    .summary('what differs between two editions')
    .description('Shows by chapter which lines two editions add, remove and rate otherwise.')
    .argument('<before>', "the file of an edition, or the name of one of the repository's: us-2025-11", path)
    .argument('<after>', 'the same of the other', path)
    .action((before: string, after: string) => run.diff(before, after));
  tariff
    .command('list')
    .summary("list the repository's own editions")
    .description(
      "Lists the repository's own editions: from when they are used, and to when they are known to hold.",
    )
    .action(() => run.list());
  tariff
    .command('find')
    .summary('search the official descriptions for the code of goods')
    .description(
      'Searches the official descriptions of tariffs and shows codes, rates as published and goods, the best lines ' +
        'first. The words are English: those of a customs tariff find most.',
    )
    .argument('<words...>', 'words for the goods: rucksack textile')
    .option('--in <tariff>', 'the tariff, such as us or eu; all of the repository without it')
    .option('--code <digits>', 'only codes that begin so', digits)
    .option('--limit <number>', 'the most lines', wholeNumber(1, 500), 20)
    .option('--json', 'write the lines as JSON')
    .action((words: readonly string[], { in: tariffCode, code, limit, json }: FindValues) =>
      run.find({
        ...{ words: words.join(' '), tariff: tariffCode, code, limit },
        format: json === true ? 'json' : 'table',
      }),
    );
}

interface FindValues {
  readonly in?: string;
  readonly code?: string;
  readonly limit: number;
  readonly json?: true;
}

function digits(text: string): string {
  if (!/^\d{1,10}$/.test(text)) throw new InvalidArgumentError('It takes up to ten digits, such as 6109.');
  return text;
}

interface EditionValues extends Partial<Omit<EditionOptions, 'files' | 'edition' | 'listUnparsed'>> {
  readonly listUnparsed?: true;
  readonly edition: string;
}

interface ConvertValues extends EditionValues {
  readonly out?: string;
}

interface ImportValues extends EditionValues, OperatorValues {
  readonly dryRun?: true;
  readonly yes?: true;
}

function withEdition(command: Command): Command {
  const names = publishers.map(({ name }) => name);
  return command
    .argument(
      '<files...>',
      "the publisher's files, as they are or packed by gzip",
      (text: string, before: readonly string[] = []) => [...before, path(text)],
    )
    .addOption(new Option('--as <publisher>', 'whose form the files have').choices(names))
    .requiredOption('--edition <name>', "the publisher's name of the edition, or its day: 2025-11")
    .option('--valid-from <date>', 'the first day of its rates (default: the day that its name says)', day)
    .option('--known-to <date>', 'the last day for which it is known to hold (default: its first day)', day)
    .option('--tariff <code>', "the list of rates, as rules name it (default: the publisher's)")
    .addOption(
      new Option('--hs <edition>', 'the edition of the Harmonised System of its codes').choices([
        'HS2012',
        'HS2017',
        'HS2022',
      ]),
    )
    .option('--law <text>', "the act of its rates (default: the publisher's)")
    .option('--source <text>', 'where its files are from (default: their names and today)')
    .option('--review <text>', 'what a person must confirm')
    .option(
      '--leave-out <codes>',
      'codes whose rates are known to be wrong: their lines get none. Separated by commas',
      codes,
    )
    .option('--list-unparsed', 'name every rate that is not read');
}

function codes(text: string): readonly string[] {
  const all = text.split(',').map((code) => code.trim());
  if (!all.every((code) => /^\d{2,10}$/.test(code)))
    throw new InvalidArgumentError('It takes codes such as 110220,120910.');
  return all;
}

const editionOptions = (
  files: readonly string[],
  values: EditionValues,
  command: Command,
): EditionOptions => ({
  // The option is not a required one of commander, which would report it before a misspelt option.
  as: values.as ?? command.error('error: name the publisher: --as us-hts'),
  ...{ files, edition: values.edition, validFrom: values.validFrom, knownTo: values.knownTo },
  ...{ tariff: values.tariff, hs: values.hs, law: values.law, source: values.source, review: values.review },
  leaveOut: values.leaveOut ?? [],
  listUnparsed: values.listUnparsed ?? false,
});
