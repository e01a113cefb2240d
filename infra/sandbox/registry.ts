import { existsSync, readdirSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import * as z from 'zod';
import { callbackKinds } from '../../events/callback.ts';
import type { PartnerCheckout } from './checkout.ts';
import type { SandboxPartner } from './partner.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** The folders of plug-ins. Their partners start in this order. */
export const PLUG_IN_FOLDERS = [
  'shared/payment/providers',
  'shared/shipping/carriers',
  'shared/customs/brokers',
  'shared/warehouse/systems',
].map((folder) => join(root, folder));

function ofFunction<Member>() {
  return z.custom<Member>((value) => typeof value === 'function', 'must be a function');
}

const helpSchema = z.object({
  title: z.string(),
  about: z.string(),
  tables: z.array(
    z.object({
      title: z.string(),
      text: z.string().optional(),
      columns: z.array(z.string()),
      rows: z.array(z.array(z.string())),
    }),
  ),
  behaviours: z.array(z.object({ name: z.string(), effect: z.string() })).optional(),
  example: z.object({ title: z.string(), command: z.string() }).optional(),
});

const checkoutSchema = z.object({
  testCards: z.array(z.object({ number: z.string(), id: z.string(), effect: z.string() })).min(1),
  declinedCard: z.string(),
  pay: ofFunction<PartnerCheckout['pay']>(),
  payCommand: ofFunction<PartnerCheckout['payCommand']>(),
  pageScript: z.instanceof(URL),
  documentation: z.string(),
});

const partnerSchema = z.object({
  kind: z.enum(callbackKinds),
  code: z.string(),
  portOffset: z.int().min(0).optional(),
  help: helpSchema.optional(),
  answersBrowsers: z.boolean().optional(),
  checkout: checkoutSchema.optional(),
  createKeys: ofFunction<SandboxPartner['createKeys']>(),
  settings: ofFunction<SandboxPartner['settings']>(),
  signHook: ofFunction<SandboxPartner['signHook']>(),
  sealHook: ofFunction<NonNullable<SandboxPartner['sealHook']>>().optional(),
  createServer: ofFunction<SandboxPartner['createServer']>(),
});

/** The error of a plug-in's folder without a valid sandbox partner. The message names the file and what to write. */
class SandboxPartnerRefused extends Error {
  override readonly name = 'SandboxPartnerRefused';
}

/**
 * Finds the sandbox partners of the plug-ins in these folders by their files. So a plug-in is registered in one place
 * only. Throws {@link SandboxPartnerRefused} when a plug-in has no sandbox partner.
 */
export async function findSandboxPartners(
  folders: readonly string[] = PLUG_IN_FOLDERS,
): Promise<readonly SandboxPartner[]> {
  const plugIns = folders.flatMap((folder) => listPlugIns(folder));
  return await Promise.all(plugIns.map((plugIn) => readSandboxPartner(plugIn)));
}

/** The folders of plug-ins below a folder: those that contain an adapter. */
export function listPlugIns(folder: string): string[] {
  const entries = readdirSync(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  return names
    .sort()
    .map((name) => resolve(folder, name))
    .filter((plugIn) => existsSync(join(plugIn, 'adapter.ts')));
}

/** The sandbox partner of one plug-in's folder. Throws {@link SandboxPartnerRefused}. */
export async function readSandboxPartner(plugIn: string): Promise<SandboxPartner> {
  const file = join(plugIn, 'sandbox', 'partner.ts');
  if (!existsSync(file)) {
    throw new SandboxPartnerRefused(`${file} is missing: write it, and export sandboxPartner from it`);
  }
  const module: { sandboxPartner?: unknown } = await import(pathToFileURL(file).href);
  const read = partnerSchema.safeParse(module.sandboxPartner);
  if (!read.success) {
    const places = read.error.issues.map(
      ({ path, message }) => `sandboxPartner/${path.join('/')}: ${message}`,
    );
    throw new SandboxPartnerRefused(`${file} exports no sandbox partner: ${places.join('; ')}`);
  }
  const { code } = read.data;
  if (basename(plugIn) !== code) {
    throw new SandboxPartnerRefused(
      `${file} has the code ${code}: it must be the name of the plug-in's folder`,
    );
  }
  return read.data;
}

/** The port of each partner, as a distance from the first port. Throws when two partners claim the same port. */
export function portOffsets(partners: readonly SandboxPartner[]): ReadonlyMap<string, number> {
  const offsets = new Map<string, number>();
  const taken = new Map<number, string>();
  for (const { code, portOffset } of partners) {
    if (portOffset === undefined) continue;
    const other = taken.get(portOffset);
    if (other !== undefined)
      throw new SandboxPartnerRefused(`${other} and ${code} both claim port ${portOffset}`);
    taken.set(portOffset, code);
    offsets.set(code, portOffset);
  }
  let next = 0;
  for (const { code, portOffset } of partners) {
    if (portOffset !== undefined) continue;
    while (taken.has(next)) next += 1;
    taken.set(next, code);
    offsets.set(code, next);
  }
  return offsets;
}
