import { parseArgs } from 'node:util';
import { countrySchema } from '../../../shared/kernel/country.ts';
import {
  type OperatorOptions,
  operatorHelp,
  operatorOptions,
  readOperator,
} from '../client/operator-options.ts';
import { isDay } from '../rates/rate-table.ts';
import { type FormatName, scheduleFormats } from './convert/convert-schedule.ts';
import type { Agreement } from './convert/schedule.ts';

export const RULES_HELP = `Usage: npm run rules -- COMMAND

Commands:
  import FILE.json     check a file of trade rules, show what it changes for which destinations, and lay its
                       rows over those of a running backend: all of them or none
  check FILE.json      the same check and the same diff against the rules of this repository, without a backend
  convert FORMAT FILE… turn files of a public tariff schedule into a rule file; formats:
    usitc              an export of the Harmonized Tariff Schedule of the United States, JSON or CSV
                       (https://hts.usitc.gov/reststop/exportList?from=0101&to=9706&format=JSON&styles=false)
    uk-tariff          documents of the UK Trade Tariff API, one a commodity
                       (https://www.trade-tariff.service.gov.uk/uk/api/commodities/6109100010)
    taric              the workbook "Duties Import" of TARIC (CIRCABC, "TARIC and Quota data"), its sheet saved as
                       CSV UTF-8 or tab separated text: a workbook itself is not read
  version              write the version of the repository's own rule files, after one of them was changed

Options of import:
  --dry-run            show what would change and store nothing
  --yes                store without asking
${operatorHelp('catalogue:write', 21)}

Options of convert:
  --out FILE.json      where the rule file goes
  --valid-from DATE    from when its rules hold (default today); what the schedule dates later begins later
  --release NAME       how the laws of the rules name this state of the schedule (default: the file's name)
  --previous FILE.json the rule file of the release before, of the same extent: rules that are no longer in the
                       schedule are ended, those that did not change stay as they are
  --agreement A=CODE[:ISO,ISO…]
                       the agreement that a program or area of origin A stands for, and the countries of its
                       origin where A is no country; may be repeated: --agreement P=cafta-dr:CR,DO,GT,HN,NI,SV
  --skip-unconvertible leave what can't be a rule, list it by reason, and convert the rest

  --help               this text

A file is { "title"?, "defaults"?, "rows": [...] }: see docs/trade-rules.md. A row with the id of another takes its
place; to end a rule, import it again with a validTo.
`;

export type RulesCommand =
  | { readonly command: 'help' }
  | { readonly command: 'version' }
  | { readonly command: 'check'; readonly file: string }
  | (OperatorOptions & {
      readonly command: 'import';
      readonly file: string;
      readonly dryRun: boolean;
      readonly yes: boolean;
    })
  | {
      readonly command: 'convert';
      readonly format: FormatName;
      readonly files: readonly string[];
      readonly out: string;
      /** Today where absent. */
      readonly validFrom: string | undefined;
      readonly release: string | undefined;
      readonly previous: string | undefined;
      readonly agreements: ReadonlyMap<string, Agreement>;
      readonly skipUnconvertible: boolean;
    };

/** Reads the command line. Throws an Error whose message can be shown. */
export function readRulesOptions(args: readonly string[], token: string | undefined): RulesCommand {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      'dry-run': { type: 'boolean', default: false },
      yes: { type: 'boolean', default: false },
      ...operatorOptions,
      out: { type: 'string' },
      'valid-from': { type: 'string' },
      release: { type: 'string' },
      previous: { type: 'string' },
      agreement: { type: 'string', multiple: true, default: [] },
      'skip-unconvertible': { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const [command, file, ...more] = positionals;
  if (values.help || command === undefined || command === 'help') return { command: 'help' };
  if (command === 'convert') return readConvert(file, more, values);
  if (more.length > 0) throw new Error(`one file at a time, not also ${more.join(', ')}`);
  if (command === 'version') return { command };
  if (command !== 'check' && command !== 'import')
    throw new Error(`${command} is no command: import, check, convert or version   (--help tells more)`);
  if (file === undefined) throw new Error(`which file? npm run rules -- ${command} FILE.json`);
  if (command === 'check') return { command, file };
  return {
    command,
    file,
    dryRun: values['dry-run'],
    yes: values.yes,
    ...readOperator(values, token),
  };
}

interface ConvertValues {
  readonly out?: string | undefined;
  readonly 'valid-from'?: string | undefined;
  readonly release?: string | undefined;
  readonly previous?: string | undefined;
  readonly agreement: readonly string[];
  readonly 'skip-unconvertible': boolean;
}

function readConvert(
  format: string | undefined,
  files: readonly string[],
  values: ConvertValues,
): RulesCommand {
  const formats = Object.keys(scheduleFormats);
  if (format === undefined || !formats.includes(format))
    throw new Error(`which format? npm run rules -- convert ${formats.join('|')} FILE… --out rules.json`);
  if (files.length === 0)
    throw new Error(`which file? npm run rules -- convert ${format} FILE… --out rules.json`);
  const { out, release, previous, 'valid-from': validFrom } = values;
  if (out === undefined) throw new Error('where to? --out rules.json');
  if (validFrom !== undefined && !isDay(validFrom))
    throw new Error(`--valid-from takes a day such as 2026-12-01, not ${JSON.stringify(validFrom)}`);
  return {
    ...{ command: 'convert', format: format as FormatName, files, out, validFrom, release, previous },
    agreements: new Map(values.agreement.map(readAgreement)),
    skipUnconvertible: values['skip-unconvertible'],
  };
}

/** `P=cafta-dr:CR,DO` names the agreement of a program or area and the countries of its origin. */
function readAgreement(text: string): readonly [string, Agreement] {
  const [, area, code, countries] = /^([^=]+)=([a-z0-9][a-z0-9-]*)(?::(.+))?$/.exec(text) ?? [];
  const origins = countries?.split(',').map((country) => country.trim());
  if (
    area === undefined ||
    code === undefined ||
    origins?.some((each) => !countrySchema.safeParse(each).success)
  )
    throw new Error(
      `--agreement takes an area, a name and ISO countries, P=cafta-dr:CR,DO, not ${JSON.stringify(text)}`,
    );
  return [area, { code, origins }];
}
