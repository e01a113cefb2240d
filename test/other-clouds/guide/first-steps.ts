import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type PlannedCommand, promise, readerValue, type Walk } from './walk.ts';

const KINDS = ['payment', 'carrier', 'customs', 'warehouse'] as const;

/** Steps 1 to 6 of the guide: an empty account, until the partners are known. */
export const firstSteps: readonly PlannedCommand[] = [
  {
    begins: 'export AWS_PROFILE=my-profile',
    gives: (printed) => {
      const { Account } = JSON.parse(printed) as { readonly Account: string };
      promise(Account === '000000000000', 'another account', printed);
      return `account ${Account}`;
    },
  },
  {
    begins: 'npm ci\nnpx cdk bootstrap',
    without: { line: 'npm ci', why: 'it would replace the packages that this check runs with' },
    gives: async (_printed, { cloud }) => {
      const { Parameter } = await cloud.json<{ readonly Parameter: { readonly Value: string } }>(
        ...(['ssm', 'AmazonSSM.GetParameter', { Name: '/cdk-bootstrap/hnb659fds/version' }] as const),
      );
      return `the bootstrap of the CDK, version ${Parameter.Value}`;
    },
  },
  {
    begins: 'npm run deploy -- --stage sandbox --check\n',
    adds: ' --yes',
    gives: (printed, walk) => {
      promise(printed.includes('Everything that a deployment needs is there.'), 'no check', printed);
      return readNextSteps(printed, walk);
    },
  },
  {
    begins: 'export API=',
    gives: async (_printed, { shell }) => {
      const length = (await shell.run('printf %s "$ENTREPOT_TOKEN" | wc -c')).trim();
      promise(Number(length) > 100, 'no token', length);
      return `a token of ${length} characters from the stage's own user pool`;
    },
  },
  {
    begins: 'aws cognito-idp admin-create-user',
    // MiniStack makes a password itself that its own policy refuses. Cognito makes one that fits.
    adds: " --temporary-password 'Only-for-the-first-sign-in-1'",
    gives: (printed) => {
      const { User } = JSON.parse(printed) as { readonly User: { readonly UserStatus: string } };
      promise(User.UserStatus === 'FORCE_CHANGE_PASSWORD', 'no invitation', printed);
      return `invited: ${User.UserStatus}`;
    },
  },
  {
    begins: 'npx entrepot token --sign-in-url',
    notHere: 'a person signs in with a browser and an authenticator app, and MiniStack has no page for that',
  },
  {
    begins: 'npx entrepot partner set payment',
    runs: KINDS.map((kind) => ({ payment: kind })),
    before: async (walk) => {
      const partners = await walk.startPartners(readerValue(walk, '<API>'));
      walk.values.set('$STRIPE', partners.urlOf('stripe'));
      for (const [name, settings] of Object.entries(partners.settings()))
        await writeFile(join(walk.folder, `${name.replace('partners-', '')}.json`), JSON.stringify(settings));
    },
    gives: (printed, { folder }) => {
      promise(printed.includes('stored'), 'not stored', printed);
      const kind = KINDS.find((each) => printed.includes(`${each}.json`));
      promise(kind !== undefined && !existsSync(join(folder, `${kind}.json`)), 'the file is left', printed);
      return `${kind}: stored, and the file is gone`;
    },
  },
];

/** Takes the addresses and ids that a deployment prints. */
export function readNextSteps(printed: string, walk: Walk): string {
  const find = (pattern: RegExp): string => {
    const found = [...printed.matchAll(pattern)].at(-1)?.[1];
    if (found === undefined) throw new Error(`the deployment does not print ${pattern.source}: ${printed}`);
    return found;
  };
  const address = find(/^API +(\S+)$/gm);
  // MiniStack answers under a path. The host names that AWS would give are not known to this machine.
  const id = /\/\/(\w+)\.execute-api\./.exec(address)?.[1];
  if (id !== undefined) {
    const api = walk.apiAt(id);
    for (const text of ['<API>', 'https://<id>.execute-api.eu-central-1.amazonaws.com'])
      walk.values.set(text, api);
  }
  walk.values.set('<UserPoolId>', find(/--user-pool-id (\S+) --client-id/g));
  walk.values.set('<MachineClientId>', find(/--user-pool-id \S+ --client-id (\S+)/g));
  walk.values.set('<SignInUrl>', walk.cloud.url);
  walk.values.set('<TableName>', find(/^table +(\S+)$/gm));
  return `deployed: ${address}, table ${readerValue(walk, '<TableName>')}`;
}
