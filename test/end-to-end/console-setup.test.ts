import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { HAS_NO_BROWSER, useConsole } from './console-fixture.ts';

describe.skipIf(HAS_NO_BROWSER)('an operator who sets up the business in the console', () => {
  const at = useConsole();
  const operator = () => at.running.backend.operator;
  const seller = () =>
    operator().call<{ taxNumbers?: Record<string, string> }>({ method: 'GET', path: '/v1/admin/seller' });

  it('adds a registration after it says what follows, and ends it', async () => {
    const { page, errors, openAs, serious, confirm } = at;
    await openAs('operator', '/seller');
    await page.getByRole('heading', { name: 'Registrations' }).waitFor();
    expect(await serious()).toEqual([]);
    await page.getByRole('button', { name: 'Add a registration' }).click();
    await page.getByLabel('Country').fill('NO');
    await page.getByLabel('Number').fill('2012345');
    await page.getByText('it is in the tax return of the country').waitFor();
    await confirm('Add');
    await page.getByText('The registration in NO is stored').waitFor();
    expect((await seller()).taxNumbers?.NO).toBe('2012345');
    await page.getByRole('button', { name: 'End NO', exact: true }).click();
    await confirm('End');
    await page.getByText('The registration in NO is ended').waitFor();
    expect((await seller()).taxNumbers?.NO).toBeUndefined();
    expect(errors).toEqual([]);
  });

  it('reads which field of a registration is wrong, keeps what was typed, and nothing is stored', async () => {
    const { page, openAs, confirm } = at;
    await openAs('operator', '/seller');
    await page.getByRole('button', { name: 'Add a registration' }).click();
    await page.getByLabel('Country').fill('KR');
    await page.getByLabel('Number').fill('x');
    await confirm('Add');
    await page.getByRole('dialog').getByText('/taxNumbers').waitFor();
    expect(await page.getByLabel('Number').inputValue()).toBe('x');
    expect((await seller()).taxNumbers?.KR).toBeUndefined();
  });

  it('changes a price by a file after it shows the change, and not by a file with a wrong line', async () => {
    const { page, errors, openAs, serious, confirm } = at;
    await openAs('operator', '/warehouses');
    await page.getByRole('link', { name: 'pl-poznan' }).waitFor();
    expect(await serious()).toEqual([]);
    await page.getByRole('link', { name: 'pl-poznan' }).click();
    const button = page.getByRole('button', { name: /^CSV of / }).first();
    const card = ((await button.textContent()) ?? '').replace('CSV of ', '').trim();
    expect(await serious()).toEqual([]);
    const [saved] = await Promise.all([page.waitForEvent('download'), button.click()]);
    const [head = '', first = '', ...rest] = (await readFile(await saved.path(), 'utf8')).split('\r\n');
    const file = (line: string) => ({
      ...{ name: 'prices.csv', mimeType: 'text/csv' },
      buffer: Buffer.from([head, line, ...rest].join('\n')),
    });
    const upload = page.locator('input[type=file]').first();
    await upload.setInputFiles(file(first.replace(/,[\d.]+$/, ',a lot')));
    await page.getByText('Line 2: "a lot" is no price').waitFor();
    await upload.setInputFiles(file(first.replace(/,[\d.]+$/, ',99.99')));
    await page.getByRole('button', { name: 'Store 1 changes' }).click();
    await page.getByText('1 prices change').waitFor();
    await confirm('Store');
    await page.getByText(`${card} is stored`).waitFor();
    const { lanes } = await operator().call<{
      lanes: { rateCards: { rateCardId: string; zones: { weightBreaks: { priceMinor: number }[] }[] }[] }[];
    }>({ method: 'GET', path: '/v1/admin/warehouses/pl-poznan' });
    const stored = lanes.flatMap(({ rateCards }) => rateCards).find(({ rateCardId }) => rateCardId === card);
    expect(stored?.zones[0]?.weightBreaks[0]?.priceMinor).toBe(99_99);
    expect(errors).toEqual([]);
  });

  it('sees that somebody else changed the warehouse meanwhile', async () => {
    const { page, openAs, confirm } = at;
    await openAs('operator', '/warehouses/pl-poznan');
    await page.getByRole('button', { name: 'Retire pl-poznan' }).waitFor();
    const { warehouseId: _, ...stored } = await operator().call<Record<string, unknown>>({
      ...{ method: 'GET', path: '/v1/admin/warehouses/pl-poznan' },
    });
    const body = { ...stored, name: 'Changed by another operator' };
    await operator().call({ method: 'PUT', path: '/v1/admin/warehouses/pl-poznan', body });
    await page.getByRole('button', { name: 'Retire pl-poznan' }).click();
    await confirm('Retire');
    await page.getByRole('dialog').getByRole('button', { name: 'Try again' }).waitFor();
    const now = await operator().call<{ active: boolean; name: string }>({
      ...{ method: 'GET', path: '/v1/admin/warehouses/pl-poznan' },
    });
    expect(now).toMatchObject({ active: true, name: 'Changed by another operator' });
  });

  it('marks a carrier as down with a reason, and up again', async () => {
    const { page, errors, openAs, serious, confirm } = at;
    await openAs('operator', '/carriers');
    const down = page.getByRole('button', { name: /^Mark down / }).first();
    await down.waitFor();
    expect(await serious()).toEqual([]);
    const carrier = ((await down.getAttribute('aria-label')) ?? '').replace('Mark down ', '');
    for (const [text, reason] of [
      ['Mark down', 'Strike at the hub'],
      ['Mark up', 'The strike is over'],
    ] as const) {
      await page.getByRole('button', { name: `${text} ${carrier}` }).click();
      await page.getByLabel('Reason').fill(reason);
      await confirm(text);
      await page.getByText(`${carrier} is marked ${text === 'Mark down' ? 'down' : 'up'}`).waitFor();
      await page.getByRole('cell', { name: reason }).waitFor();
    }
    expect(errors).toEqual([]);
  });

  it('reads trade rules and what is other than on another day, tariffs, rates and payment methods', async () => {
    const { page, errors, openAs, serious } = at;
    await openAs('operator', '/rules?destination=NO&date=2026-12-01');
    await page.getByRole('rowheader', { name: /^no-/ }).first().waitFor();
    expect(await serious()).toEqual([]);
    await page.goto(
      `${at.running.backend.url}/console/rules?destination=CA&date=2026-12-01&against=2026-08-31`,
    );
    await page.getByRole('rowheader', { name: 'ca-duty-95030010' }).waitFor();
    expect(await serious()).toEqual([]);
    for (const [name, cell] of [
      ['Tariffs', /HTS|Harmonized|CBSA|Customs/],
      ['Exchange rates', /European Central Bank|ecb|daily|^EUR$/i],
      ['Payment methods', /card/i],
    ] as const) {
      await page.getByRole('link', { name, exact: true }).click();
      await page.getByRole('heading', { name, level: 1 }).waitFor();
      await page.getByRole('table').getByText(cell).first().waitFor();
      expect(await serious(), name).toEqual([]);
    }
    expect(errors).toEqual([]);
  });
});
