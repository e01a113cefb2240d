import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { SandboxPartner } from '../../../infra/sandbox/partner.ts';
import { readSandboxPartner } from '../../../infra/sandbox/registry.ts';
import type { BoundPlugIn, PlugIn } from '../../../shared/partners/plug-in.ts';

/** A plug-in of the registry, with what stands beside its adapter: the sandbox partner and the suite's fixtures. */
export interface PlugInEntry<Bound extends BoundPlugIn, Entry extends PlugIn<string, Bound>, Contract> {
  readonly plugIn: Entry;
  readonly partner: SandboxPartner;
  readonly contract: Contract;
  /** The partners of the sandbox that the suite runs against; those of the registries when left out. */
  readonly partners?: readonly SandboxPartner[];
}

/**
 * What stands beside the adapter of each plug-in in a registry, found in the folder of its code. Throws for a plug-in
 * without it, with the file that is to be written.
 */
export async function entriesOf<Bound extends BoundPlugIn, Entry extends PlugIn<string, Bound>, Contract>(
  registry: readonly Entry[],
  folder: string,
): Promise<PlugInEntry<Bound, Entry, Contract>[]> {
  return await Promise.all(
    registry.map(async (plugIn) => {
      const home = join(process.cwd(), folder, plugIn.code);
      return {
        plugIn,
        partner: await readSandboxPartner(home),
        contract: await readContract<Contract>(home),
      };
    }),
  );
}

/** What `fixtures/contract.ts` exports as `contract`; its author declares it as the contract of its kind. */
async function readContract<Contract>(home: string): Promise<Contract> {
  const file = join(home, 'fixtures', 'contract.ts');
  if (!existsSync(file)) throw new Error(`${file} is missing: write it, and export contract from it`);
  const module: { readonly contract?: Contract } = await import(pathToFileURL(file).href);
  if (module.contract === undefined) throw new Error(`${file} exports no contract`);
  return module.contract;
}

/** The settings of the plug-in for its partner in this sandbox: with these webhook secrets, or the partner's own. */
export function settingsAt(
  { partner, contract }: { readonly partner: SandboxPartner; readonly contract: MoreSettings },
  { url, apiKey, webhookSecret }: { url: string; apiKey: string; webhookSecret: string | readonly string[] },
  webhookSecrets?: readonly { readonly id: string; readonly value: string; readonly notAfter?: string }[],
): unknown {
  const own = typeof webhookSecret === 'string' ? webhookSecret : (webhookSecret[0] ?? '');
  const secrets = webhookSecrets ?? [{ id: 'first', value: own }];
  const settings = partner.settings({ url, apiKey, webhookSecrets: secrets });
  return { ...settings, ...contract.moreSettings };
}

/** What the suite needs beyond the settings that an operator must store. */
export interface MoreSettings {
  readonly moreSettings?: Readonly<Record<string, unknown>>;
}
