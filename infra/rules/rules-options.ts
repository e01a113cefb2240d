import { parseArgs } from 'node:util';

export const RULES_HELP = `Usage: npm run rules -- COMMAND

Commands:
  import FILE.json     check a file of trade rules, show what it changes for which destinations, and lay its
                       rows over those of a running backend: all of them or none
  check FILE.json      the same check and the same diff against the rules of this repository, without a backend
  version              write the version of the repository's own rule files, after one of them was changed

Options of import:
  --dry-run            show what would change and store nothing
  --yes                store without asking
  --url URL            the backend (default http://localhost:3000)
  --token TOKEN        an operator's access token; or set ENTREPOT_TOKEN
  --data FOLDER        without a token: the data folder of a local backend (default .local)
  --help               this text

A file is { "title"?, "defaults"?, "rows": [...] }: see docs/trade-rules.md. A row with the id of another takes its
place; to end a rule, import it again with a validTo.
`;

export type RulesCommand =
  | { readonly command: 'help' }
  | { readonly command: 'version' }
  | { readonly command: 'check'; readonly file: string }
  | {
      readonly command: 'import';
      readonly file: string;
      readonly dryRun: boolean;
      readonly yes: boolean;
      readonly url: string;
      readonly token: string | undefined;
      readonly dataDir: string;
    };

/** Reads the command line. Throws an Error whose message can be shown. */
export function readRulesOptions(args: readonly string[], token: string | undefined): RulesCommand {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      'dry-run': { type: 'boolean', default: false },
      yes: { type: 'boolean', default: false },
      url: { type: 'string', default: 'http://localhost:3000' },
      token: { type: 'string' },
      data: { type: 'string', default: '.local' },
      help: { type: 'boolean', default: false },
    },
  });
  const [command, file, ...more] = positionals;
  if (values.help || command === undefined || command === 'help') return { command: 'help' };
  if (more.length > 0) throw new Error(`one file at a time, not also ${more.join(', ')}`);
  if (command === 'version') return { command };
  if (command !== 'check' && command !== 'import')
    throw new Error(`${command} is no command: import, check or version   (--help tells more)`);
  if (file === undefined) throw new Error(`which file? npm run rules -- ${command} FILE.json`);
  if (command === 'check') return { command, file };
  return {
    command,
    file,
    dryRun: values['dry-run'],
    yes: values.yes,
    url: values.url,
    token: values.token ?? token,
    dataDir: values.data,
  };
}
