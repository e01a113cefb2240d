import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { ApiClient, Call } from '../../../../infra/cli/client/api-client.ts';
import { sampleCatalogue } from '../../../../infra/cli/sample-shop/catalogue.ts';
import { seed } from '../../../../infra/cli/sample-shop/seed.ts';
import { fileRecord, memoryRecord } from '../../../../infra/cli/sample-shop/shop-record.ts';

/** An admin API that remembers the stored objects, and loses its connection at a call that the test chooses. */
class AdminApi implements ApiClient {
  readonly products = new Set<string>();
  readonly writes: string[] = [];
  failAt = Number.POSITIVE_INFINITY;

  async call<T>({ method, path, body }: Call): Promise<T> {
    const { dryRun, products = [] } = (body ?? {}) as {
      dryRun?: boolean;
      products?: readonly { sku: string }[];
    };
    if (dryRun === true) return this.#changes(products) as T;
    if (this.writes.length === this.failAt) throw new Error('the connection was lost');
    this.writes.push(`${method} ${path}`);
    if (path === '/v1/admin/products/import') for (const { sku } of products) this.products.add(sku);
    if (path.startsWith('/v1/admin/storefronts/')) return { publishableKey: 'pk_1' } as T;
    return this.#changes([]) as T;
  }

  #changes(products: readonly { sku: string }[]) {
    return {
      changes: products.map(({ sku }) => ({ sku, change: this.products.has(sku) ? 'changed' : 'added' })),
    };
  }
}

const folder = mkdtempSync(join(tmpdir(), 'entrepot-seed-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the sample shop', () => {
  it('is stored once: a second start writes nothing', async () => {
    const api = new AdminApi();
    const records = memoryRecord();
    const first = await seed(api, { records });
    expect(first).toMatchObject({ storefrontKey: 'pk_1', products: sampleCatalogue.length, isNew: true });
    const written = api.writes.length;
    expect(await seed(api, { records })).toEqual({ ...first, isNew: false });
    expect(api.writes).toHaveLength(written);
  });

  it('is completed after a start that was killed at any point, and no part is written twice', async () => {
    const whole = new AdminApi();
    await seed(whole);
    const stocked = whole.writes.filter((write) => !write.includes('/stock/')).length;
    for (let failAt = 0; failAt < stocked; failAt += 1) {
      const api = new AdminApi();
      const records = memoryRecord();
      api.failAt = failAt;
      await expect(seed(api, { records })).rejects.toThrow('the connection was lost');
      api.failAt = Number.POSITIVE_INFINITY;
      await seed(api, { records });
      expect(api.writes.toSorted(), `killed at write ${failAt}`).toEqual(whole.writes.toSorted());
    }
  });

  it('does not overwrite a product that has the SKU of a sample', async () => {
    const api = new AdminApi();
    api.products.add('TSHIRT-COTTON-NAVY');
    let imported: readonly { sku: string }[] = [];
    const spying: ApiClient = {
      call: <T>(call: Call) => {
        const body = call.body as { dryRun?: boolean; products?: readonly { sku: string }[] } | undefined;
        if (body?.dryRun === false) imported = body.products ?? [];
        return api.call<T>(call);
      },
    };
    await seed(spying);
    expect(imported.map(({ sku }) => sku)).toEqual(
      sampleCatalogue.map(({ sku }) => sku).filter((sku) => sku !== 'TSHIRT-COTTON-NAVY'),
    );
  });

  it('is not stored in a table that was filled before these records were kept', async () => {
    const api = new AdminApi();
    for (const { sku } of sampleCatalogue) api.products.add(sku);
    await seed(api);
    expect(api.writes).toEqual(['PUT /v1/admin/storefronts/sample-shop']);
  });

  it('is stored again if the record belongs to another table', async () => {
    const records = memoryRecord();
    await seed(new AdminApi(), { records });
    const fresh = new AdminApi();
    expect(await seed(fresh, { records, isKnownKey: async () => false })).toMatchObject({ isNew: true });
    expect(fresh.products.size).toBe(sampleCatalogue.length);
  });

  it('keeps its record in the data folder, and names the file if it is damaged', () => {
    const records = fileRecord(folder);
    expect(records.read()).toBeUndefined();
    records.write({ kind: 'empty', stored: [] });
    expect(records.read()).toEqual({ kind: 'empty', stored: [] });
    writeFileSync(join(folder, 'sample-shop.json'), '{"kind":');
    expect(() => records.read()).toThrow(join(folder, 'sample-shop.json'));
  });
});
