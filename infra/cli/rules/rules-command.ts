import { Argument, type Command, InvalidArgumentError, Option } from 'commander';
import { countrySchema } from '../../../shared/kernel/country.ts';
import { isCalendarDate } from '../../../shared/kernel/time.ts';
import { type OperatorValues, operatorOptions, withOperator } from '../client/operator-options.ts';
import { exitWith } from '../command-line/exit-with.ts';
import { path } from '../command-line/option-values.ts';
import { say } from '../terminal/say.ts';
import { FORMAT_NAMES, type FormatName } from './convert/format-names.ts';
import type { Agreement } from './convert/schedule.ts';
import type { ConvertOptions, ImportOptions } from './rules-options.ts';

/** The actions of the subcommands. They receive the options. */
export interface RulesVerbs {
  import(options: ImportOptions): Promise<void>;
  check(file: string): Promise<void>;
  convert(options: ConvertOptions): Promise<void>;
  version(): Promise<void>;
}

const today = () => new Date().toISOString().slice(0, 10);

const verbs: RulesVerbs = {
  import: async (options) => (await import('./import-file.ts')).importFile(options, say),
  check: async (file) => (await import('./check-file.ts')).checkFile(file, say),
  convert: async (options) =>
    exitWith((await import('./convert-file.ts')).convertFile(options, today(), say)),
  version: async () => (await import('./write-version.ts')).writeVersion(today(), say),
};

const FILE_FORM = `
A file is { "title"?, "defaults"?, "rows": [...] }: see docs/trade-rules.md. A row replaces another
row with the same id. To end a rule, import it again with a validTo.`;

/** `entrepot rules`: trade rules from files into a running backend, and from public schedules into files. */
export function addRules(program: Command, run: RulesVerbs = verbs): void {
  const rules = program
    .command('rules')
    .summary('trade rules: duties, taxes and agreements')
    .description('Trade rules: duties, taxes and agreements as rows.');
  addImport(rules, run);
  rules
    .command('check')
    .summary("check a file of trade rules against the repository's, without a backend")
    .description(
      'Checks a file of trade rules as import does, and shows its changes to the rules of this repository.',
    )
    .argument('<file>', 'a rule file in JSON', path)
    .addHelpText('after', FILE_FORM)
    .action((file: string) => run.check(file));
  addConvert(rules, run);
  rules
    .command('version')
    .summary("write the version of the repository's own rules")
    .description(
      'Checks the files of shared/duties/destinations and writes the files under generated/ there: the version of the ' +
        'rows, the headers and tax numbers. Run it after a change of these files.',
    )
    .action(() => run.version());
}

function addImport(rules: Command, run: RulesVerbs): void {
  const verb = rules
    .command('import')
    .summary('import a file of trade rules into a running backend')
    .description(
      'Checks a file of trade rules, shows its changes by destination, asks, and imports all of its rows ' +
        'or none into a running backend.',
    )
    .argument('<file>', 'a rule file in JSON', path)
    .option('--dry-run', 'show the changes and store nothing')
    .option('--yes', 'store without a question');
  withOperator(verb, 'rules:write')
    .addHelpText('after', FILE_FORM)
    .action((file: string, values: OperatorValues & { readonly dryRun?: true; readonly yes?: true }) =>
      run.import({
        file,
        dryRun: values.dryRun ?? false,
        yes: values.yes ?? false,
        ...operatorOptions(values),
      }),
    );
}

interface ConvertValues {
  readonly out?: string;
  readonly validFrom?: string;
  readonly release?: string;
  readonly previous?: string;
  readonly agreement: ReadonlyMap<string, Agreement>;
  readonly skipUnconvertible?: true;
}

function addConvert(rules: Command, run: RulesVerbs): void {
  rules
    .command('convert')
    .summary('turn files of a public tariff schedule into a rule file')
    .description(`Turns files of a public tariff schedule into a rule file. Formats:

usitc      an export of the Harmonized Tariff Schedule of the United States, JSON or CSV
           https://hts.usitc.gov/reststop/exportList?from=0101&to=9706&format=JSON&styles=false
uk-tariff  documents of the UK Trade Tariff API, one for each commodity
           https://www.trade-tariff.service.gov.uk/uk/api/commodities/6109100010
taric      the workbook "Duties Import" of TARIC (CIRCABC, "TARIC and Quota data"), with its sheet
           saved as CSV UTF-8 or tab separated text; the command does not read workbooks`)
    .addArgument(new Argument('<format>', 'the publisher of the schedule').choices(FORMAT_NAMES))
    .argument('<files...>', 'the files of the schedule', (text: string, before: readonly string[] = []) => [
      ...before,
      path(text),
    ])
    .option('--out <file>', 'the rule file to write (required)', path)
    .option(
      '--valid-from <date>',
      'the first day of its rules (default: today); a rule with a later date in the schedule begins on that date',
      day,
    )
    .option(
      '--release <name>',
      "the name of this release of the schedule, for the law of each rule (default: the file's name)",
    )
    .option(
      '--previous <file>',
      'the rule file of the release before, for the same part of the schedule: rules that are no longer in the ' +
        'schedule end, and rules that did not change stay as they are',
      path,
    )
    .addOption(
      new Option(
        '--agreement <area=code[:countries]>',
        'the agreement of a program or area of origin, and its countries of origin if the area is not a country; ' +
          'may be repeated: --agreement P=cafta-dr:CR,DO,GT,HN,NI,SV',
      )
        .argParser(agreement)
        .default(new Map(), 'none'),
    )
    .option(
      '--skip-unconvertible',
      "leave out rows that can't be rules, list them by reason, and convert the rest",
    )
    .addHelpText('after', FILE_FORM)
    .action((format: FormatName, files: readonly string[], values: ConvertValues, command: Command) =>
      run.convert({
        format,
        files,
        // The option is not a required one of commander. Otherwise commander would report it before a misspelt
        // option.
        out: values.out ?? command.error('error: name the rule file to write: --out rules.json'),
        validFrom: values.validFrom,
        release: values.release,
        previous: values.previous,
        agreements: values.agreement,
        skipUnconvertible: values.skipUnconvertible ?? false,
      }),
    );
}

function day(text: string): string {
  if (!isCalendarDate(text)) throw new InvalidArgumentError('It takes a day such as 2026-12-01.');
  return text;
}

/**
 * An agreement on the command line. `P=cafta-dr:CR,DO` names the agreement of a program or area, and its countries.
 */
function agreement(text: string, before: ReadonlyMap<string, Agreement>): ReadonlyMap<string, Agreement> {
  const [, area, code, countries] = /^([^=]+)=([a-z0-9][a-z0-9-]*)(?::(.+))?$/.exec(text) ?? [];
  const origins = countries?.split(',').map((country) => country.trim());
  const areCountries = origins?.every((each) => countrySchema.safeParse(each).success) ?? true;
  if (area === undefined || code === undefined || !areCountries)
    throw new InvalidArgumentError('It takes an area, a name and ISO countries: P=cafta-dr:CR,DO.');
  return new Map([...before, [area, { code, origins }]]);
}
