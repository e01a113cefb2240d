import { afterAll, beforeAll, expect, test } from 'vitest';
import { createRiskStore } from '../../../shared/aws/replenishment/risk-store.ts';
import { createSupplierStore } from '../../../shared/aws/replenishment/supplier-store.ts';
import { importPorts, portImportSchema } from '../../../shared/replenishment/inbound/import-ports.ts';
import {
  importSuppliers,
  supplierImportSchema,
} from '../../../shared/replenishment/purchasing/import-suppliers.ts';
import { startTable, type TableOnEngine } from './table-on-engine.ts';

let on: TableOnEngine;
beforeAll(async () => {
  on = await startTable();
});
afterAll(() => on.stop());

const offer = (sku: string, amount = 400) => ({
  ...{ sku, leadTimeDays: 20 },
  prices: [{ fromUnits: 1, unitPrice: { amount, currency: 'EUR' } }],
});
const supplier = (supplierId: string, over: object = {}) => ({
  ...{ supplierId, name: supplierId, originCountries: ['CN'], offers: [offer('MUG')] },
  ...over,
});
const suppliers = (body: object) =>
  importSuppliers(createSupplierStore(on.table), supplierImportSchema.parse(body));

test('suppliers are added, changed and retired; a repeat and a dry run write nothing', async () => {
  const store = createSupplierStore(on.table);
  const two = { suppliers: [supplier('kiln'), supplier('potter')] };
  expect(await suppliers({ ...two, dryRun: true })).toMatchObject({ added: 2 });
  expect(await store.find('kiln')).toBeUndefined();
  expect(await suppliers(two)).toEqual({
    ...{ added: 2, changed: 0, unchanged: 0, retired: 0, unknown: [] },
  });
  expect(await suppliers(two)).toMatchObject({ added: 0, changed: 0, unchanged: 2 });

  const costlier = supplier('potter', { offers: [offer('MUG', 450)] });
  expect(
    await suppliers({ suppliers: [costlier, supplier('spinner')], retired: ['kiln', 'nobody'] }),
  ).toMatchObject({ added: 1, changed: 1, unchanged: 0, retired: 1, unknown: ['nobody'] });
  expect((await store.find('potter'))?.offers[0]?.prices[0]?.unitPrice.amount).toBe(450);
  expect(await store.find('kiln')).toMatchObject({ status: 'retired', offers: [{ sku: 'MUG' }] });
  expect(await suppliers({ retired: ['kiln'] })).toMatchObject({ retired: 0, unknown: [] });
});

test('a list of large suppliers comes in pages that miss none', async () => {
  const store = createSupplierStore(on.table);
  // Each has some 300 KB: a read of the table ends after 1 MB.
  const large = Array.from({ length: 300 }, (_, at) => ({
    ...offer(`${'S'.repeat(35)}-${at}`),
    prices: Array.from({ length: 10 }, (__, step) => ({
      fromUnits: 100_000 + step,
      unitPrice: { amount: 1_000_000_000_000, currency: 'EUR' },
    })),
  }));
  const codes = Array.from({ length: 6 }, (_, at) => `large-${at}`);
  await suppliers({ suppliers: codes.map((code) => supplier(code, { offers: large })) });
  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await store.page(50, cursor);
    seen.push(...(page?.items ?? []).map(({ supplierId }) => supplierId));
    cursor = page?.cursor;
  } while (cursor !== undefined);
  expect(seen.filter((code) => code.startsWith('large'))).toEqual(codes);
});

test('an import names a code once, and names something', () => {
  const issues = (schema: typeof supplierImportSchema | typeof portImportSchema, body: object) =>
    schema.safeParse(body).error?.issues.map(({ path }) => path.join('/'));
  expect(issues(supplierImportSchema, {})).toEqual(['']);
  expect(
    issues(supplierImportSchema, { suppliers: [supplier('kiln')], retired: ['potter', 'kiln'] }),
  ).toEqual(['retired/1']);
  const twice = supplier('kiln', { offers: [offer('MUG'), offer('MUG')] });
  expect(issues(supplierImportSchema, { suppliers: [twice] })).toEqual(['suppliers/0/offers/1/sku']);
  const port = { port: 'PLGDN', delayDays: 5, until: '2099-01-01T00:00:00.000Z' };
  expect(issues(portImportSchema, { ports: [port, port] })).toEqual(['ports/1/port']);
  const many = Array.from({ length: 60 }, (_, at) => `code-${at}`);
  const more = { retired: many, suppliers: many.slice(0, 41).map((code) => supplier(`s-${code}`)) };
  expect(issues(supplierImportSchema, more)).toEqual(['']);
});

test('ports are stored and closed at the instant of the import', async () => {
  const risks = createRiskStore(on.table);
  const now = '2026-12-01T10:00:00.000Z';
  const given = (body: object) => importPorts(risks, portImportSchema.parse(body), now);
  const port = { port: 'PLGDN', delayDays: 5, until: '2027-02-01T00:00:00.000Z' };
  expect(await given({ ports: [port], dryRun: true })).toMatchObject({ added: 1 });
  expect(await risks.congestedPorts()).toEqual([]);
  expect(await given({ ports: [port] })).toMatchObject({ added: 1, changed: 0 });
  expect(await given({ ports: [port] })).toMatchObject({ added: 0, unchanged: 1 });
  expect(await given({ ports: [{ ...port, delayDays: 3 }] })).toMatchObject({ changed: 1 });
  expect(await given({ closed: ['PLGDN', 'PLGDY'] })).toMatchObject({ closed: 1, unknown: ['PLGDY'] });
  expect(await risks.congestedPorts()).toEqual([{ ...port, delayDays: 3, until: now }]);
  // It is closed already: its end stays.
  expect(await given({ closed: ['PLGDN'] })).toMatchObject({ closed: 0, unknown: [] });
});
