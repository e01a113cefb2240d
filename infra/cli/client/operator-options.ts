import { type Command, Option } from 'commander';
import { path, webAddress } from '../command-line/option-values.ts';

/** The backend's address, and the access token. */
export interface OperatorOptions {
  readonly url: string;
  /** An access token. If it is undefined, the command signs in at the local cloud with the data folder `dataDir`. */
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
  new Option('--url <address>', 'the address of the backend')
    .argParser(webAddress)
    .default(DEFAULT_URL, DEFAULT_URL);

export const dataOption = (description: string) =>
  new Option('--data <folder>', description).argParser(path).default('.local', '.local');

/** Adds the options of every command that calls a running backend. `scope` is the scope that the token needs. */
export function withOperator(command: Command, scope: string): Command {
  return command
    .addOption(urlOption())
    .addOption(new Option('--token <token>', `an access token with ${scope}`).env('ENTREPOT_TOKEN'))
    .addOption(dataOption('the data folder of a local backend; used to sign in when there is no token'));
}

export function operatorOptions({ url, token, data }: OperatorValues): OperatorOptions {
  return { url, token, dataDir: data };
}
