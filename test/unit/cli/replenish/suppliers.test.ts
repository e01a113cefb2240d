import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ApiProblem, type Call } from '../../../../infra/cli/client/api-client.ts';
import { ports } from '../../../../infra/cli/replenish/ports/ports.ts';
import { addPorts } from '../../../../infra/cli/replenish/ports/ports-command.ts';
import type { PortsOptions } from '../../../../infra/cli/replenish/ports/ports-options.ts';
import { readPorts } from '../../../../infra/cli/replenish/ports/read-ports.ts';
import { readSuppliers } from '../../../../infra/cli/replenish/suppliers/read-suppliers.ts';
import { suppliers } from '../../../../infra/cli/replenish/suppliers/suppliers.ts';
import { addSuppliers } from '../../../../infra/cli/replenish/suppliers/suppliers-command.ts';
import type { SuppliersOptions } from '../../../../infra/cli/replenish/suppliers/suppliers-options.ts';
import { parseLine } from '../parse-line.ts';
import { fakeApi } from './fake-api.ts';

const HEAD =
  'supplierId,name,originCountries,sku,supplierSku,prices,currency,casePack,minimumUnits,leadTimeDays,certificates,requiredCertificates,shareLimitPercent,status,url,sellableDays';
const file = (...lines: string[]) => [HEAD, ...lines].join('\n');
const NINGBO = 'ningbo,Ningbo Ceramics,cn vn,MUG,NC-350,1:14.50 1000:13.20,cny,24,48,35';
const OWN = 'food:F 1:2099-12-31|bsci:B-2:2030-01-01,food bsci,70,up,https://ningbo.example/orders,400';

const reasons = (text: string) => {
  const read = readSuppliers(text);
  return read.ok ? [] : read.errors.map(({ line, reason }) => `${line}: ${reason}`);
};

describe('a file of suppliers', () => {
  it('has a row for each product, and the supplier in its first row', () => {
    const read = readSuppliers(file(`${NINGBO},${OWN}`, 'ningbo,,,CUP,,1:2,CNY,,,35', 'yiwu,Yiwu,CN,,,,,,,'));
    expect(read.ok ? read.suppliers.map(({ line, body }) => ({ line, body })) : read).toEqual([
      {
        line: 2,
        body: {
          ...{ supplierId: 'ningbo', name: 'Ningbo Ceramics', originCountries: ['CN', 'VN'] },
          certificates: [
            { kind: 'food', reference: 'F 1', validUntil: '2099-12-31' },
            { kind: 'bsci', reference: 'B-2', validUntil: '2030-01-01' },
          ],
          ...{ requiredCertificates: ['food', 'bsci'], shareLimitPercent: 70, status: 'up' },
          sending: { way: 'http', url: 'https://ningbo.example/orders' },
          offers: [
            {
              ...{ sku: 'MUG', supplierSku: 'NC-350', casePack: 24, minimumUnits: 48, leadTimeDays: 35 },
              sellableDays: 400,
              prices: [
                { fromUnits: 1, unitPrice: { amount: 1450, currency: 'CNY' } },
                { fromUnits: 1000, unitPrice: { amount: 1320, currency: 'CNY' } },
              ],
            },
            {
              ...{ sku: 'CUP', leadTimeDays: 35 },
              prices: [{ fromUnits: 1, unitPrice: { amount: 200, currency: 'CNY' } }],
            },
          ],
        },
      },
      { line: 4, body: { supplierId: 'yiwu', name: 'Yiwu', originCountries: ['CN'], offers: [] } },
    ]);
  });

  it('may have decimals with a comma', () => {
    const read = readSuppliers(
      'supplierId;name;originCountries;sku;prices;currency;leadTimeDays\na;A;DE;MUG;1:4,20 100:3,9;EUR;10',
    );
    expect(read).toMatchObject({
      suppliers: [
        { body: { offers: [{ prices: [{ unitPrice: { amount: 420 } }, { unitPrice: { amount: 390 } }] }] } },
      ],
    });
  });

  it('that is wrong names every line with its column', () => {
    expect(
      reasons(
        file(
          'a,A,DE,MUG,,4.20,EUR,,,10,food:F1',
          'a,Another,DE,CUP,,1:4.205,EUR,few,,10',
          'a,,,,,,,,,10',
          'b,B,DE,MUG,,1:1,XYZ,,,10',
        ),
      ),
    ).toEqual([
      '3: name: line 2 says "A" of the same supplier',
      '4: sku: the row has no product',
      '2: certificates: "food:F1" is not kind:reference:last day',
      '2: prices: "4.20" is not a quantity and an amount of EUR, such as 100:3.90',
      '3: prices: "1:4.205" is not a quantity and an amount of EUR, such as 100:3.90',
      '3: casePack: "few" is not a whole number',
      '5: currency: "XYZ" is not a known currency',
    ]);
    expect(reasons('supplierId,name,originCountries,sku,prices')).toEqual([
      '1: missing columns: currency, leadTimeDays',
    ]);
    expect(reasons(`${HEAD},minUnits\na`)).toEqual(['1: unknown columns: minUnits']);
    expect(reasons(HEAD)).toEqual(['1: the file has only a header']);
  });
});

it('a file of ports has days or instants, and names what is wrong', () => {
  expect(
    readPorts('port,delayDays,until\nplgdn,5,2027-02-01\nNLRTM,2,2027-01-10T12:00:00.000Z'),
  ).toMatchObject({
    ports: [
      { line: 2, body: { port: 'PLGDN', delayDays: 5, until: '2027-02-01T00:00:00.000Z' } },
      { line: 3, body: { port: 'NLRTM', delayDays: 2, until: '2027-01-10T12:00:00.000Z' } },
    ],
  });
  expect(readPorts('port,delayDays,until\nPLGDN,many,2027-02-01')).toMatchObject({
    errors: [{ line: 2, reason: 'delayDays: "many" is not a whole number' }],
  });
});

describe('with a backend', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'entrepot-suppliers-csv-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const written = (text: string) => {
    const path = join(folder, `${Math.random()}.csv`);
    writeFileSync(path, text);
    return path;
  };
  const at = { url: 'http://127.0.0.1:3000', token: undefined, dataDir: '.local' };
  const asked = (over: object) => ({ ...at, file: undefined, dryRun: false, json: false, ...over });
  const bodies = (calls: readonly Call[]) => calls.map(({ body }) => body as { dryRun: boolean });

  it('every error of the backend is said with its line, and nothing is stored', async () => {
    const refusal = new ApiProblem('CALL', 422, {
      errors: [
        { pointer: '/suppliers/0/offers/1/prices/0/unitPrice/currency', detail: 'the first currency' },
        { pointer: '/suppliers/0/offers/1/minimumUnits', detail: 'at least 1' },
        { pointer: '/suppliers/1/sending/url', detail: 'an address' },
      ],
    });
    const { client, calls } = fakeApi({ 'POST /suppliers/import': () => refusal });
    const said: string[] = [];
    const path = written(file(`${NINGBO},${OWN}`, 'yiwu,Yiwu,CN,,,,,,,,,,,,x', 'ningbo,,,CUP,,1:2,CNY,,,35'));
    const options = asked({ file: path, retire: [] }) as SuppliersOptions;
    const deps = { operator: async () => client, say: (line: string) => void said.push(line) };
    expect(await suppliers(options, deps)).toBe(false);
    expect(said).toEqual([
      `${path}:4: currency: the first currency`,
      `${path}:4: minimumUnits: at least 1`,
      `${path}:3: url: an address`,
      '3 errors: nothing was stored',
    ]);
    expect(bodies(calls).map(({ dryRun }) => dryRun)).toEqual([true]);
  });

  it('large suppliers are sent in parts, all of them tried first', async () => {
    // 40 suppliers with 300 products each are more than 2.4 MB.
    const rows = Array.from({ length: 40 }, (_, at) =>
      Array.from(
        { length: 300 },
        (__, sku) => `large-${at},Large,CN,SKU-${sku}-${'x'.repeat(40)},N-${sku},1:4.20 100:3.90,EUR,1,1,10`,
      ),
    ).flat();
    const { client, calls } = fakeApi({
      'POST /suppliers/import': ({ body }) => ({
        ...{ added: (body as { suppliers: unknown[] }).suppliers.length, changed: 0, unchanged: 0 },
      }),
    });
    const said: string[] = [];
    const options = asked({ file: written(file(...rows)), retire: [] }) as SuppliersOptions;
    const deps = { operator: async () => client, say: (line: string) => void said.push(line) };
    expect(await suppliers(options, deps)).toBe(true);
    expect(said).toEqual(['Stored: 40 added, 0 changed, 0 unchanged']);
    expect(bodies(calls).map(({ dryRun }) => dryRun)).toEqual([true, true, false, false]);
    for (const { body } of calls) expect(JSON.stringify(body).length).toBeLessThan(2_500 * 1024);
  });

  it('codes are retired and ports closed; those that are not stored are named', async () => {
    const { client } = fakeApi({
      'POST /suppliers/import': () => ({ retired: 1, unknown: ['nobody'] }),
      'POST /ports/import': () => ({ closed: 1, unknown: ['PLGDY'] }),
    });
    const said: string[] = [];
    const deps = { operator: async () => client, say: (line: string) => void said.push(line) };
    expect(await suppliers(asked({ retire: ['old', 'nobody'] }) as SuppliersOptions, deps)).toBe(false);
    expect(await ports(asked({ close: ['PLGDN', 'PLGDY'] }) as PortsOptions, deps)).toBe(false);
    expect(said).toEqual([
      ...['nobody: no supplier has this code', 'Retired 1 of 2'],
      ...['PLGDY: the port is not stored', 'Closed 1 of 2'],
    ]);
  });
});

it('the commands import a file, end some, or list', () => {
  const ofSuppliers = (...args: string[]) =>
    parseLine<SuppliersOptions>(['suppliers', ...args], (program, give) =>
      addSuppliers(program, async (given) => give(given)),
    );
  expect(ofSuppliers('a.csv', '--dry-run')).toMatchObject({ dryRun: true, retire: [] });
  expect(ofSuppliers('--retire', 'a', 'b')).toMatchObject({ file: undefined, retire: ['a', 'b'] });
  const ofPorts = parseLine<PortsOptions>(['ports', '--close', 'PLGDN'], (program, give) =>
    addPorts(program, async (given) => give(given)),
  );
  expect(ofPorts).toMatchObject({ file: undefined, close: ['PLGDN'] });
});
