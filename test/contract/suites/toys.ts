import { join } from 'node:path';
import type { SandboxPartner } from '../../../infra/sandbox/partner.ts';
import { findSandboxPartners, PLUG_IN_FOLDERS } from '../../../infra/sandbox/registry.ts';

/** The toy plug-ins of the guides, a folder for each kind. */
const TOY_FOLDERS = ['payment', 'carrier', 'customs', 'warehouse'].map((kind) =>
  join(process.cwd(), 'test/fixtures/toys', kind),
);

/** The sandbox partners of the registries and of the toys, found as a start finds them. */
export function partnersWithToys(): Promise<readonly SandboxPartner[]> {
  return findSandboxPartners([...PLUG_IN_FOLDERS, ...TOY_FOLDERS]);
}
