import { type Command, Option } from 'commander';
import { OPERATOR_SCOPES } from '../client/operator-client.ts';
import { dataOption, urlOption } from '../client/operator-options.ts';
import { webAddress } from '../command-line/option-values.ts';
import { say } from '../terminal/say.ts';
import type { TokenOptions } from './token-options.ts';

interface Values {
  readonly url: string;
  readonly data: string;
  readonly scope?: readonly string[];
  readonly signInUrl?: string;
  readonly clientId?: string;
}

const printToken = async (options: TokenOptions) => say(await tokenFor(options));

async function tokenFor(options: TokenOptions): Promise<string> {
  if (!('signInUrl' in options)) {
    const { signInAt } = await import('../client/local-sign-in.ts');
    return signInAt(options.url, options.dataDir, options.scopes)();
  }
  const secret = process.env.ENTREPOT_CLIENT_SECRET;
  if (secret) return (await import('./program-token.ts')).programToken(options, secret);
  // Standard output is for the token alone.
  return (await import('./person-token.ts')).personToken(options, (line) => console.error(line));
}

/** `entrepot token`. `run` does the work. */
export function addToken(program: Command, run: (options: TokenOptions) => Promise<void> = printToken): void {
  program
    .command('token')
    .summary("print an operator's access token of a running backend")
    .description(
      "Prints an operator's access token of a running backend, and nothing else. It is valid for an hour. The default " +
        'is a local backend. With --sign-in-url it is a deployed stage: a program gets a token for the secret in ' +
        'ENTREPOT_CLIENT_SECRET; without a secret, a person signs in with a browser on this machine.',
    )
    .addOption(
      new Option('--scope <scopes...>', 'the scopes of the token (default: all that the caller may have)'),
    )
    .addOption(urlOption())
    .addOption(dataOption('the data folder of that backend'))
    .addOption(
      new Option('--sign-in-url <address>', 'where operators of a deployed stage sign in').argParser(
        webAddress,
      ),
    )
    .option('--client-id <id>', 'the client of a program, or of people, of that stage')
    .addHelpText(
      'after',
      `
Example:
  curl -H "authorization: Bearer $(npx entrepot token)" \\
    'http://127.0.0.1:3000/v1/admin/orders?status=open'`,
    )
    .action(({ url, data, scope, signInUrl, clientId }: Values, command: Command) => {
      const scopes = scope?.flatMap((each) => each.split(/[\s,]+/));
      if ((signInUrl === undefined) !== (clientId === undefined))
        command.error('error: --sign-in-url and --client-id belong together');
      if (signInUrl === undefined || clientId === undefined)
        return run({ url, dataDir: data, scopes: scopes ?? OPERATOR_SCOPES });
      return run({ signInUrl, clientId, scopes: scopes ?? [] });
    });
}
