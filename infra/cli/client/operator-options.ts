import { type Command, Option } from 'commander';
import { path, webAddress } from '../command-line/option-values.ts';

/** The backend's address, and the access token. */
export interface OperatorOptions {
  readonly url: string;
  /** An access token; undefined: sign in at the local cloud whose data is in `dataDir`. */
  readonly token: string | undefined;
  readonly dataDir: string;
}

/** The values that commander returns for the options of {@link withOperator}. */
export interface OperatorValues {
  readonly url: string;
  readonly token?: string;
  readonly data: string;
}

const DEFAULT_URL = 'http://127.0.0.1:3000';

export const urlOption = () =>
  new Option('--url <address>', 'the backend').argParser(webAddress).default(DEFAULT_URL, DEFAULT_URL);

export const dataOption = (description: string) =>
  new Option('--data <folder>', description).argParser(path).default('.local', '.local');

/** Adds the options that every command against a running backend takes. `scope`: the scope that its token needs. */
export function withOperator(command: Command, scope: string): Command {
  return command
    .addOption(urlOption())
    .addOption(new Option('--token <token>', `an access token with ${scope}`).env('ENTREPOT_TOKEN'))
    .addOption(dataOption('without a token: the data folder of a local backend, to sign in there'));
}

export function operatorOptions({ url, token, data }: OperatorValues): OperatorOptions {
  return { url, token, dataDir: data };
}
