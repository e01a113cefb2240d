/** Where a command finds the backend, and who it is there. */
export interface OperatorOptions {
  readonly url: string;
  /** An access token; undefined: sign in at the local cloud whose data is in `dataDir`. */
  readonly token: string | undefined;
  readonly dataDir: string;
}

const DEFAULT_URL = 'http://127.0.0.1:3000';

/** What every command against a running backend takes, for `parseArgs`. */
export const operatorOptions = {
  url: { type: 'string', default: DEFAULT_URL },
  token: { type: 'string' },
  data: { type: 'string', default: '.local' },
} as const;

/** The lines of the help about {@link operatorOptions}. `width`: of the column of names. */
export function operatorHelp(scope: string, width: number): string {
  return [
    ['--url URL', `the backend (default ${DEFAULT_URL})`],
    ['--token TOKEN', `an access token with ${scope} (or ENTREPOT_TOKEN in the environment)`],
    ['--data FOLDER', 'without a token: the data folder of a local cloud, to sign in there (default .local)'],
  ]
    .map(([name = '', text]) => `  ${name.padEnd(width)}${text}`)
    .join('\n');
}

/** Reads {@link operatorOptions}. `token`: the one of the environment. Throws an Error whose message can be shown. */
export function readOperator(
  values: { readonly url: string; readonly token?: string | undefined; readonly data: string },
  token: string | undefined,
): OperatorOptions {
  return { url: readUrl('--url', values.url), token: values.token ?? token, dataDir: values.data };
}

/** The address without slashes at its end. Throws an Error whose message can be shown. */
export function readUrl(option: string, text: string): string {
  if (!/^https?:\/\//.test(text) || !URL.canParse(text))
    throw new Error(`${option} takes an address such as ${DEFAULT_URL}, not ${JSON.stringify(text)}`);
  return text.replace(/\/+$/, '');
}
