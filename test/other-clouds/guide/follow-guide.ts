import { cp, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Partners, startPartners } from '../../../infra/sandbox/start-partners.ts';
import type { Cloud } from '../cloud.ts';
import { firstSteps } from './first-steps.ts';
import { openShell } from './guide-shell.ts';
import { laterSteps } from './later-steps.ts';
import { type GuideCommand, readCommands, readHookAddresses } from './read-commands.ts';
import { shopSteps, storefrontSteps } from './shop-steps.ts';
import { type PlannedCommand, readerValue, type Walk } from './walk.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const PACKAGES = 'node_modules';
const FIXTURE = fileURLToPath(new URL('../../fixtures/rates/eurofxref-daily.xml', import.meta.url));

/** The pages that are followed, with what is done with each command of them. The second page follows step 7. */
export const PAGES = {
  'docs/deploy.md': [...firstSteps, ...shopSteps, ...laterSteps],
  'docs/storefront.md': storefrontSteps,
} as const;

/** A command, and what is done with it. */
export interface Followed extends GuideCommand {
  readonly planned: PlannedCommand;
}

/** The commands of a page in their order. Throws if one is not planned, or one that is planned is gone. */
export async function planOf(page: keyof typeof PAGES): Promise<Followed[]> {
  const commands = readCommands(await readFile(join(ROOT, page), 'utf8'));
  const left: PlannedCommand[] = [...PAGES[page]];
  const followed = commands.map((command) => {
    const at = left.findIndex(({ begins }) => command.text.startsWith(begins));
    const [planned] = at === -1 ? [] : left.splice(at, 1);
    if (planned === undefined) throw new Error(`${page} has a command that nobody tries: ${command.text}`);
    return { ...command, planned };
  });
  if (left[0] !== undefined)
    throw new Error(`${page} has no command any more that begins: ${left[0].begins}`);
  return followed;
}

/**
 * Follows `docs/deploy.md` from its first command to its last on an empty cloud, in one shell, and `docs/storefront.md`
 * where step 7 leads to it. The commands are those of the pages as they are written there; only host names, ids, dates
 * and secrets are put in, and the answers to questions. Gives the number of faults: the first one ends the walk, as it
 * would end a reader's.
 */
export async function followGuide(
  { cloud, programs }: { readonly cloud: Cloud; readonly programs: string },
  say: (line: string) => void,
): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'entrepot-guide-'));
  await checkOut(folder);
  const shell = openShell(folder, await environmentOf(folder, { url: cloud.url, programs }));
  let partners: Partners | undefined;
  const walk: Walk = {
    ...{ cloud, shell, folder, values: new Map(GIVEN) },
    apiAt: (id) => `${cloud.url}/_aws/execute-api/${id}/$default`,
    startPartners: async (api) => {
      partners = await startPartners({ dataDir: join(folder, 'partners'), hooksBaseUrl: api });
      return partners;
    },
  };
  try {
    for (const followed of await planOf('docs/deploy.md')) {
      await follow(followed, walk, say);
      if (followed.planned === firstSteps.at(-1)) say(`  ${await tryWebhooks(walk)}`);
      if (followed.planned === shopSteps.at(-1))
        for (const next of await planOf('docs/storefront.md')) await follow(next, walk, say);
    }
    return 0;
  } catch (error) {
    say(`    FAULT: ${error instanceof Error ? error.message : String(error)}`);
    return 1;
  } finally {
    await shell.stop();
    await partners?.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

/** What the reader has to put in, beside the values that commands give. */
const GIVEN: readonly (readonly [string, string])[] = [
  ['<account>', '000000000000'],
  ['ops@your-company', 'ops@my-company.de'],
  ['anna@your-company', 'anna@my-company.de'],
  // The catalogue of the guide has another product than the sample shop of the page about storefronts.
  ['TSHIRT-COTTON-NAVY', 'TOWEL-LINEN'],
];

async function follow(
  { section, text, planned }: Followed,
  walk: Walk,
  say: (line: string) => void,
): Promise<void> {
  const shown = text.split('\n').find((line) => !planned.without || line !== planned.without.line) ?? text;
  say(`  ${section}: ${shown.slice(0, 100)}`);
  if (planned.notHere !== undefined) return say(`    NOT RUN: ${planned.notHere}`);
  if (planned.without !== undefined)
    say(`    NOT RUN: ${planned.without.line}, because ${planned.without.why}`);
  await planned.before?.(walk);
  for (const own of planned.runs ?? [{}]) {
    const command = filled(withoutLine(text, planned.without?.line) + (planned.adds ?? ''), walk, own);
    const printed = await walk.shell.run(command);
    say(`    ${(await planned.gives?.(printed, walk)) ?? 'done'}`);
  }
}

const withoutLine = (text: string, line: string | undefined) =>
  text
    .split('\n')
    .filter((each) => each !== line)
    .join('\n');

/** The command with its values. Throws where a text in angle brackets has none. */
function filled(text: string, { values }: Walk, own: Readonly<Record<string, string>>): string {
  const known = new Map([...values, ...Object.entries(own)]);
  // The longest first: `...` may be a part of another one. A value is not looked at again.
  const names = [...known.keys()].sort((one, other) => other.length - one.length).map(escaped);
  const command = text.replaceAll(new RegExp(names.join('|'), 'g'), (name) => known.get(name) ?? name);
  const missing = /<[a-zA-Z][\w ]*>/.exec(command)?.[0];
  if (missing !== undefined) throw new Error(`nobody knows a value for ${missing}: ${text}`);
  return command;
}

const escaped = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Step 6: each address for partners answers, and refuses a call without a signature. */
async function tryWebhooks(walk: Walk): Promise<string> {
  const addresses = readHookAddresses(await readFile(join(ROOT, 'docs/deploy.md'), 'utf8'));
  for (const address of addresses) {
    const url = address.replace('<API>', readerValue(walk, '<API>'));
    const { status } = await fetch(url, { method: 'POST', body: '{}' });
    if (status !== 401) throw new Error(`${address} answers ${status} to a call without a signature`);
  }
  if (addresses.length === 0) throw new Error('the guide has no addresses for webhooks');
  return `6. Enter the webhooks: ${addresses.length} addresses refuse a call without a signature`;
}

/** The reader's copy of the project, with our packages, so that the files which commands make are not in ours. */
async function checkOut(folder: string): Promise<void> {
  for (const name of await readdir(ROOT))
    if (!['cdk.out', '.local', '.git', PACKAGES].includes(name))
      await cp(join(ROOT, name), join(folder, name), { recursive: true });
  await symlink(join(ROOT, PACKAGES), join(folder, PACKAGES));
}

/** The reader's environment: a profile for AWS, whose endpoint is MiniStack, and the address of the published rates. */
async function environmentOf(
  folder: string,
  { url, programs }: { readonly url: string; readonly programs: string },
): Promise<NodeJS.ProcessEnv> {
  const profile = ['region = eu-central-1', 'aws_access_key_id = test', 'aws_secret_access_key = test'];
  const [config, credentials] = [join(folder, '.aws-config'), join(folder, '.aws-credentials')];
  await writeFile(config, `[profile my-profile]\n${profile.join('\n')}\n`);
  await writeFile(credentials, `[my-profile]\n${profile.join('\n')}\n`);
  const own = Object.entries(process.env).filter(([name]) => !/^(AWS_|npm_|ENTREPOT_)/.test(name));
  return {
    ...Object.fromEntries(own),
    ...{ AWS_CONFIG_FILE: config, AWS_SHARED_CREDENTIALS_FILE: credentials, AWS_ENDPOINT_URL: url },
    ...{ PATH: `${programs}:${process.env.PATH ?? ''}`, RATES: FIXTURE, AWS_PAGER: '' },
  };
}
