import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { HAS_NO_BROWSER, useConsole } from './console-fixture.ts';

interface Product {
  readonly description: string;
  readonly unitWeightGrams: number;
  readonly status?: string;
}

describe.skipIf(HAS_NO_BROWSER)('an operator who keeps the catalogue in the console', () => {
  const at = useConsole();
  const stored = (sku: string) =>
    at.running.backend.operator.call<Product>({ method: 'GET', path: `/v1/admin/products/${sku}` });
  const SKU = 'MUG-CERAMIC-350';

  it('finds a product and changes its weight, and a wrong value can not be sent', async () => {
    const { page, errors, openAs, serious, confirm } = at;
    await openAs('operator', '/products');
    await page.getByRole('link', { name: SKU }).waitFor();
    expect(await serious()).toEqual([]);
    await page.getByLabel('HS code begins with').fill('6912');
    await page.getByRole('link', { name: SKU }).click();
    await page.getByRole('button', { name: 'Change' }).click();
    const weight = page.getByLabel('Weight of one unit in grams');
    await weight.fill('heavy');
    await page.getByText('A whole number').first().waitFor();
    expect(await page.getByRole('dialog').getByRole('button', { name: 'Store' }).isDisabled()).toBe(true);
    await weight.fill('432');
    expect(await serious()).toEqual([]);
    await confirm('Store');
    await page.getByText(`${SKU} is stored`).waitFor();
    expect((await stored(SKU)).unitWeightGrams).toBe(432);
    expect(errors).toEqual([]);
  });

  it('does not overwrite what another operator stored meanwhile, and keeps what was typed', async () => {
    const { page, openAs, confirm } = at;
    await openAs('operator', `/products/${SKU}`);
    await page.getByRole('button', { name: 'Change' }).click();
    await page.getByLabel('Description').fill('Mug, as I see it');
    const {
      sku: _sku,
      warnings: _warnings,
      ...body
    } = (await stored(SKU)) as Product & Record<string, unknown>;
    await at.running.backend.operator.call({
      ...{ method: 'PUT', path: `/v1/admin/products/${SKU}` },
      body: { ...body, description: 'Mug, as somebody else sees it' },
    });
    await confirm('Store');
    await page.getByText('Somebody else changed this meanwhile').waitFor();
    expect(await page.getByLabel('Description').inputValue()).toBe('Mug, as I see it');
    expect((await stored(SKU)).description).toBe('Mug, as somebody else sees it');
  });

  it('imports a file after it shows the changes, and nothing of a file with a wrong line', async () => {
    const { page, errors, openAs, serious } = at;
    await openAs('operator', '/products-import');
    const [example] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'An example' }).click(),
    ]);
    const text = await readFile(await example.path(), 'utf8');
    const file = (content: string) => ({
      ...{ name: 'products.csv', mimeType: 'text/csv', buffer: Buffer.from(content) },
    });
    const upload = page.locator('input[type=file]');
    await upload.setInputFiles(file(text.replace(',120,', ',much,')));
    await page.getByText('"much" is no whole number').waitFor();
    expect(await serious()).toEqual([]);
    await upload.setInputFiles(file(text));
    await page.getByRole('rowheader', { name: 'TEA-TOWEL-LINEN' }).waitFor();
    await page.getByRole('button', { name: 'Store 1 products' }).click();
    await page.getByText('1 products are stored').waitFor();
    expect((await stored('TEA-TOWEL-LINEN')).unitWeightGrams).toBe(120);
    expect(errors).toEqual([]);
  });

  it('retires a product after it says what follows', async () => {
    const { page, openAs, confirm } = at;
    await openAs('operator', '/products/TEA-TOWEL-LINEN');
    await page.getByRole('button', { name: 'Retire TEA-TOWEL-LINEN' }).click();
    await page.getByText('Orders that have it go on').waitFor();
    await confirm('Retire');
    await page.getByText('TEA-TOWEL-LINEN is retired').waitFor();
    expect((await stored('TEA-TOWEL-LINEN')).status).toBe('retired');
  });

  it('sees what the products lack for a market', async () => {
    const { page, errors, openAs, serious } = at;
    await openAs('operator', '/markets?country=CA');
    await page.getByRole('rowheader', { name: SKU }).waitFor();
    await page.getByText('priced in CA').waitFor();
    expect(await serious()).toEqual([]);
    expect(errors).toEqual([]);
  });
});
