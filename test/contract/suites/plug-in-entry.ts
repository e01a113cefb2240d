import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { SandboxPartner } from '../../../infra/sandbox/partner.ts';
import { readSandboxPartner } from '../../../infra/sandbox/registry.ts';
import type { BoundPlugIn, PlugIn } from '../../../shared/partners/plug-in.ts';

/** A plug-in of the registry, with the sandbox partner and the fixtures beside its adapter. */
export interface PlugInEntry<Bound extends BoundPlugIn, Entry extends PlugIn<string, Bound>, Contract> {
  readonly plugIn: Entry;
  readonly partner: SandboxPartner;
  readonly contract: Contract;
  /** The sandbox partners of the suite. Those of the registries if absent. */
  readonly partners?: readonly SandboxPartner[];
}

/**
 * The sandbox partner and fixtures of each plug-in in a registry, found in the folder of its code. Throws for a plug-in
 * without them, and names the file to write.
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

/** The export `contract` of `fixtures/contract.ts`. Its author declares it with the type of its kind. */
async function readContract<Contract>(home: string): Promise<Contract> {
  const file = join(home, 'fixtures', 'contract.ts');
  if (!existsSync(file)) throw new Error(`${file} is missing: write it, and export contract from it`);
  const module: { readonly contract?: Contract } = await import(pathToFileURL(file).href);
  if (module.contract === undefined) throw new Error(`${file} exports no contract`);
  return module.contract;
}

/** The settings of the plug-in for its partner in this sandbox, with these webhook secrets or the partner's own. */
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

/** The further settings that the suite needs, beyond those that an operator must store. */
export interface MoreSettings {
  readonly moreSettings?: Readonly<Record<string, unknown>>;
}
