import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { SandboxPartner } from '../../../infra/sandbox/partner.ts';
import { partnerKeys } from '../../../infra/sandbox/partner-keys.ts';
import { findSandboxPartners, portOffsets, readSandboxPartner } from '../../../infra/sandbox/registry.ts';
import { entriesOf } from '../suites/plug-in-entry.ts';
import { partnersWithToys } from '../suites/toys.ts';

/** Makes the folder of a plug-in in a new folder, with an adapter, and with a sandbox partner if a text is given. */
function plugInFolder(code: string, sandbox?: string): { parent: string; home: string } {
  const parent = mkdtempSync(join(tmpdir(), 'plug-ins-'));
  const home = join(parent, code);
  mkdirSync(join(home, 'sandbox'), { recursive: true });
  writeFileSync(join(home, 'adapter.ts'), '');
  if (sandbox !== undefined) writeFileSync(join(home, 'sandbox', 'partner.ts'), sandbox);
  return { parent, home };
}

describe('the sandbox partners', () => {
  it('are found in the folders of the plug-ins, and listen on their fixed ports', async () => {
    const partners = await findSandboxPartners();
    const offsets = portOffsets(partners);
    expect(Object.fromEntries(offsets)).toMatchObject({ stripe: 0, easypost: 1, broker: 2, wms: 3 });
  });

  it('get the next free ports if they are added later, and the other ports stay', async () => {
    const partners = await partnersWithToys();
    const offsets = portOffsets(partners);
    expect(Object.fromEntries(offsets)).toMatchObject({ stripe: 0, easypost: 1, broker: 2, wms: 3 });
    expect([...offsets.values()].sort((a, b) => a - b)).toEqual(partners.map((_, place) => place));
  });

  it('are reported if missing, and the message names the file to write', async () => {
    const { parent, home } = plugInFolder('nobody');
    await expect(findSandboxPartners([parent])).rejects.toThrow(
      `${join(home, 'sandbox', 'partner.ts')} is missing: write it, and export sandboxPartner from it`,
    );
  });

  it('are refused if the file holds no partner, or a partner with another name than its folder', async () => {
    const none = plugInFolder('half', "export const sandboxPartner = { kind: 'carrier', code: 'half' };");
    await expect(readSandboxPartner(none.home)).rejects.toThrow(
      /half.sandbox.partner\.ts exports no.*createKeys/,
    );
    const functions = 'createKeys() {}, settings() {}, signHook() {}, createServer() {}';
    const other = plugInFolder(
      'one',
      `export const sandboxPartner = { kind: 'carrier', code: 'two', ${functions} };`,
    );
    await expect(readSandboxPartner(other.home)).rejects.toThrow(/has the code two/);
  });

  it('may not use the same port twice', async () => {
    const first = (await findSandboxPartners()).find(({ portOffset }) => portOffset === 0);
    if (first === undefined) throw new Error('no partner');
    expect(() => portOffsets([first, { ...first, code: 'copy' }])).toThrow(
      'stripe and copy both claim port 0',
    );
  });
});

describe('the fixtures of a contract suite', () => {
  it('are reported if missing, and the message names the file to write', async () => {
    const plugIn = { code: 'wms', settings: undefined as never, bind: () => undefined as never };
    await expect(entriesOf([{ ...plugIn, code: 'nobody' }], 'shared/warehouse/systems')).rejects.toThrow(
      /systems\/nobody\/sandbox\/partner\.ts is missing/,
    );
  });
});

describe('keys of sandbox partners', () => {
  const newFolder = () => mkdtempSync(join(tmpdir(), 'keys-'));

  it('are created once, and keys of a later partner are added', async () => {
    const dataDir = newFolder();
    const real = await findSandboxPartners();
    const first = partnerKeys(dataDir, real);
    const all: readonly SandboxPartner[] = await partnersWithToys();
    const later = partnerKeys(dataDir, all);
    expect(later).toMatchObject(first);
    expect(Object.keys(later).sort()).toEqual(all.map(({ code }) => code).sort());
    expect(partnerKeys(dataDir, all)).toEqual(later);
    partnerKeys(dataDir, real);
    expect(JSON.parse(readFileSync(join(dataDir, 'partner-keys.json'), 'utf8'))).toEqual(later);
  });

  it('are refused if unreadable, with the file and the place', async () => {
    const dataDir = newFolder();
    const path = join(dataDir, 'partner-keys.json');
    const real = await findSandboxPartners();
    writeFileSync(path, '{');
    expect(() => partnerKeys(dataDir, real)).toThrow(path);
    writeFileSync(path, JSON.stringify({ stripe: { apiKey: '' } }));
    expect(() => partnerKeys(dataDir, real)).toThrow(/\/stripe\/apiKey/);
  });
});
