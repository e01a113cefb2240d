import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { sampleCheckout } from '../../infra/cli/sample-shop/storefront.ts';
import { type Partners, startPartners } from '../../infra/sandbox/start-partners.ts';
import {
  type Assembly,
  bootstrap,
  deployTemplates,
  PARTS,
  type Part,
  synthesiseSandbox,
  type Templates,
  uploadBundles,
} from './assembly.ts';
import { apiOf, firstSteps, operatorToken } from './call-stage.ts';
import { type Cloud, type DeployedStack, openCloud } from './cloud.ts';
import { forMinistack } from './gaps.ts';
import { followGuide } from './guide/follow-guide.ts';
import { type Ministack, startMinistack } from './ministack.ts';
import { bundleKeysIn, keepTemplates, releasedTemplates } from './release.ts';

type Say = (line: string) => void;
type Deployed = Partial<Record<Part, DeployedStack>>;

/** What a stage keeps whatever happens. An upgrade that replaces one of these loses its data. */
const KEPT =
  /^AWS::(DynamoDB::Table|SecretsManager::Secret|Events::EventBus|Logs::LogGroup|Cognito::UserPool|ApiGatewayV2::Api)$/;

/**
 * Follows the guide for a deployment on MiniStack, command by command, from an empty account to a delivered order and
 * to the removal. Then it deploys the previous release to another one, updates it, calls it, and rolls it back. Gives
 * whether all went well; where MiniStack can't be had it says so and counts as skipped. With `keepsRelease` it only
 * keeps the templates of now as those of the release.
 */
export async function checkCloud(options: { readonly keepsRelease: boolean }, say: Say): Promise<boolean> {
  say('synthesising the stage sandbox with its bundles');
  const assembly = await synthesiseSandbox();
  try {
    if (options.keepsRelease) {
      await keepTemplates(assembly.templates);
      say('kept as the templates of the release: test/other-clouds/release');
      return true;
    }
    let faults = 0;
    for (const check of [newStage, updatedStage]) {
      const found = await onMinistack((cloud, python) => check(cloud, python, assembly, say), say);
      if (found === undefined) return true;
      faults += found;
    }
    say(faults === 0 ? 'the other cloud: everything as wanted' : `the other cloud: ${faults} faults`);
    return faults === 0;
  } finally {
    await assembly.remove();
  }
}

/** The number of faults; undefined where there is no MiniStack. */
async function onMinistack(
  check: (cloud: Cloud, python: string) => Promise<number>,
  say: Say,
): Promise<number | undefined> {
  // The functions run on the Node of this process.
  const PATH = `${dirname(process.execPath)}:${process.env.PATH ?? ''}`;
  const started = await startMinistack({ environment: { PATH } });
  if ('missing' in started) {
    say(`SKIPPED: ${started.missing}`);
    return undefined;
  }
  return runOn(started, check, say);
}

async function runOn(
  ministack: Ministack,
  check: (cloud: Cloud, python: string) => Promise<number>,
  say: Say,
): Promise<number> {
  try {
    return await check(openCloud(ministack.url), ministack.python);
  } catch (error) {
    say(`  FAULT: ${error instanceof Error ? error.message : String(error)}`);
    say(ministack.output().slice(-2_000));
    return 1;
  } finally {
    await ministack.stop();
  }
}

/** A new stage, by the commands of the guide alone. */
async function newStage(cloud: Cloud, python: string, _assembly: Assembly, say: Say): Promise<number> {
  say('\na new stage, by the commands of docs/deploy.md');
  return followGuide({ cloud, programs: dirname(python) }, say);
}

async function updatedStage(cloud: Cloud, python: string, assembly: Assembly, say: Say): Promise<number> {
  const released = await releasedTemplates();
  await bootstrap(cloud);
  const any = await uploadBundles(cloud, assembly, python);
  // The bundles of the release are not kept: what is checked is the update of the templates.
  const bundle = await readFile(join(assembly.folder, any));
  for (const key of new Set(bundleKeysIn(released))) await cloud.upload(key, bundle);
  await uploadBundles(cloud, assembly, python);
  say('\na stage of the previous release');
  const fitting = Object.entries(released).map(([part, text]) => [part, forMinistack(text)] as const);
  for (const [part, { gaps }] of fitting)
    for (const gap of gaps) say(`  ${part} of the release is changed for MiniStack: ${gap}`);
  const templates: Templates = Object.fromEntries(fitting.map(([part, { text }]) => [part, text]));
  const before = await deployTemplates(cloud, templates, say);
  if (!isWhole(before, templates)) return 1;
  say('its update');
  const after = await deployTemplates(cloud, assembly.templates, say);
  if (!isWhole(after, assembly.templates)) return 1;
  const faults = sayLost(before, after, say) + (await callStage(cloud, after, say));
  return faults === 0 ? rolledBack(cloud, { released: templates, assembly }, say) : faults;
}

/** Rolls back as the guide says, by deploying the earlier templates the same way, and then updates again. */
async function rolledBack(
  cloud: Cloud,
  { released, assembly }: { readonly released: Templates; readonly assembly: Assembly },
  say: Say,
): Promise<number> {
  const items = await countItems(cloud);
  say('a roll back to the previous release');
  const back = await deployTemplates(cloud, released, say);
  if (!isWhole(back, released)) return 1;
  say('and its update again');
  const again = await deployTemplates(cloud, assembly.templates, say);
  if (!isWhole(again, assembly.templates)) return 1;
  const kept = await countItems(cloud);
  say(`  the table had ${items} items before, and has ${kept}`);
  return sayLost(back, again, say) + (kept < items ? 1 : 0);
}

async function countItems(cloud: Cloud): Promise<number> {
  const { Count } = await cloud.json<{ readonly Count: number }>(
    ...(['dynamodb', 'DynamoDB_20120810.Scan', { TableName: 'entrepot-sandbox', Select: 'COUNT' }] as const),
  );
  return Count;
}

function sayLost(before: Deployed, after: Deployed, say: Say): number {
  const lost = lostResources(before, after);
  for (const each of lost) say(`  FAULT: the update replaced or removed ${each}`);
  return lost.length;
}

/** Whether each stack that has a template is complete. */
const isWhole = (deployed: Deployed, templates: Templates): boolean =>
  PARTS.every(
    (part) =>
      templates[part] === undefined || /^(CREATE|UPDATE)_COMPLETE$/.test(deployed[part]?.status ?? ''),
  );

/** What the stage had before and keeps no longer under the same name. */
function lostResources(before: Deployed, after: Deployed): string[] {
  const kept = new Set(
    PARTS.flatMap((part) => (after[part]?.resources ?? []).map(({ physicalId }) => physicalId)),
  );
  return PARTS.flatMap((part) => before[part]?.resources ?? [])
    .filter(({ type, physicalId }) => KEPT.test(type) && !kept.has(physicalId))
    .map(({ type, physicalId }) => `${type} ${physicalId}`);
}

/** Stores the settings of the sandbox partners in the secrets of the stage, as the guide says. */
async function storeSettings(cloud: Cloud, partners: Partners): Promise<void> {
  for (const [name, settings] of Object.entries(partners.settings()))
    await cloud.json('secretsmanager', 'secretsmanager.PutSecretValue', {
      SecretId: `entrepot/sandbox/${name}`,
      SecretString: JSON.stringify(settings),
    });
}

async function callStage(cloud: Cloud, { Journey, Stateful }: Deployed, say: Say): Promise<number> {
  if (Journey === undefined || Stateful === undefined) throw new Error('the stage is not deployed');
  const api = apiOf(cloud, Journey);
  const dataDir = await mkdtemp(join(tmpdir(), 'entrepot-partners-'));
  const partners = await startPartners({ dataDir, hooksBaseUrl: api });
  let faults = 0;
  try {
    await storeSettings(cloud, partners);
    const token = await operatorToken(cloud, Stateful);
    for (const { name, act } of firstSteps(api, token, await sampleCheckout(partners))) {
      try {
        say(`  ${name.padEnd(30)} ${await act()}`);
      } catch (error) {
        faults += 1;
        say(`  ${name.padEnd(30)} FAULT: ${(error as Error).message.slice(0, 400)}`);
      }
    }
  } finally {
    await partners.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
  return faults;
}
