import { type Command, Option } from 'commander';
import { OPERATOR_SCOPES } from '../client/operator-client.ts';
import { dataOption, urlOption } from '../client/operator-options.ts';
import { say } from '../terminal/say.ts';
import type { TokenOptions } from './token-options.ts';

interface Values {
  readonly url: string;
  readonly data: string;
  readonly scope: readonly string[];
}

const printToken = async ({ url, dataDir, scopes }: TokenOptions) => {
  const { signInAt } = await import('../client/local-sign-in.ts');
  say(await signInAt(url, dataDir, scopes)());
};

/** `entrepot token`. `run` does the work. */
export function addToken(program: Command, run: (options: TokenOptions) => Promise<void> = printToken): void {
  program
    .command('token')
    .summary("print an operator's access token of a running local backend")
    .description(
      "Prints an operator's access token of a running local backend, and nothing else. It is valid for an hour. A " +
        'backend on AWS takes the tokens of its own identity provider.',
    )
    .addOption(
      new Option('--scope <scopes...>', 'the scopes of the token').default(
        OPERATOR_SCOPES,
        'all scopes that these commands need',
      ),
    )
    .addOption(urlOption())
    .addOption(dataOption('the data folder of that backend'))
    .addHelpText(
      'after',
      `
Example:
  curl -H "authorization: Bearer $(npx entrepot token)" \\
    'http://127.0.0.1:3000/v1/admin/orders?status=open'`,
    )
    .action(({ url, data, scope }: Values) =>
      run({ url, dataDir: data, scopes: scope.flatMap((each) => each.split(/[\s,]+/)) }),
    );
}
