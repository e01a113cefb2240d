import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { handler } from '../../../functions/setup/post-tariffs-import.ts';
import { createRuleStore } from '../../../shared/aws/duties/rule-store.ts';
import { createTariffStore } from '../../../shared/aws/duties/tariff-store.ts';
import { keys } from '../../../shared/aws/table.ts';
import { createRuleBooks } from '../../../shared/duties/rule-import/index.ts';
import { builtinRuleBook } from '../../../shared/duties/rules/builtin.ts';
import { builtinVersion } from '../../../shared/duties/rules/builtin-version.ts';
import type { ScheduleHeader, ScheduleLine } from '../../../shared/duties/schedules/schedule.ts';
import { encodeSchedule } from '../../../shared/duties/schedules/schedule-file.ts';
import { importEdition } from '../../../shared/duties/tariff-import/index.ts';
import { assessed } from '../../builders/assess.ts';
import { percentLines, schedulesOf } from '../../builders/schedules.ts';
import { answerOf, context, gatewayEvent } from '../runtime/lambda-events.ts';
import { gatherLog } from '../runtime/log-lines.ts';
import { startTable, type TableOnEngine } from './table-on-engine.ts';

let on: TableOnEngine;
let time = Date.parse('2026-12-01T10:00:00.000Z');
const clock = () => new Date(time);
const now = () => clock().toISOString();
/** The store of another container. It reads at once what others wrote. */
const newStore = () => createTariffStore(on.table, clock);

gatherLog();
beforeAll(async () => {
  on = await startTable();
});
beforeEach(() => {
  time += 60_000;
});
afterAll(() => on.stop());

const headerOf = (over: Partial<ScheduleHeader> = {}): ScheduleHeader => ({
  ...{ tariff: 'gb', edition: '2026-12', validFrom: '2026-12-01', knownTo: '2026-12-31', hs: 'HS2022' },
  ...{ law: 'a tariff for this test', source: 'a file for this test' },
  ...{ provenance: 'published', confidence: 'high' },
  ...over,
});

const beside = schedulesOf({
  header: headerOf({ edition: '2026-01', validFrom: '2026-01-01' }),
  lines: percentLines({ '42021291': '3', '61091000': '12', '62034231': '12' }),
});
const sources = () => ({
  store: newStore(),
  beside,
  rules: createRuleStore(on.table, clock),
  skusOf: async () => ({ skus: ['SHIRT'], areAll: true }),
});

/** Imports an edition and gives the outcome of it. */
const importAs = (header: ScheduleHeader, lines: readonly ScheduleLine[], dryRun = false, from = sources()) =>
  importEdition(from, { now: now(), dryRun, header, bytes: encodeSchedule(header, lines) });

/** The rate of a T-shirt for GBP 200 of Indian origin, on the date, by what is stored now. */
async function rateOn(date: string, country = 'GB'): Promise<string | undefined> {
  const tariffs = { beside, imported: newStore() };
  const { rowsOf } = builtinRuleBook;
  const books = createRuleBooks(createRuleStore(on.table, clock), { rowsOf, tariffs });
  const rules = await books.current(country);
  const goods = [{ hsCode: '6109100000', value: 200_00, origin: 'IN' }];
  return assessed({ to: 'GB', currency: 'GBP', date, goods, freight: 0, rules }).charges[0]?.rate;
}

describe('editions of tariffs in the table', () => {
  test('are compared by chapter and not stored by a dry run', async () => {
    const lines = percentLines({ '61091000': '10', '62034231': '12', '62034290': '12' });
    const planned = await importAs(headerOf(), lines, true);
    expect(planned).toMatchObject({
      value: {
        ...{ stored: false, before: 'gb 2026-01', lines: 3, unparsed: 0 },
        changes: [
          { chapter: '42', added: 0, removed: 1, changed: 0 },
          { chapter: '61', added: 0, removed: 0, changed: 1 },
          { chapter: '62', added: 1, removed: 0, changed: 0 },
        ],
      },
    });
    expect(await newStore().current()).toBeUndefined();
    expect(await rateOn('2026-12-10')).toBe('12');
  });

  test('price from their first day on, and one event reports the import', async () => {
    const stored = await importAs(headerOf(), percentLines({ '61091000': '10' }));
    if (!stored.ok) throw new Error(JSON.stringify(stored.error));
    expect([await rateOn('2026-11-30'), await rateOn('2026-12-01')]).toEqual(['12', '10']);
    const { version } = stored.value;
    expect(version).toMatch(new RegExp(`^${builtinVersion}\\+tariffs-2026-12-01-`));
    const report = await on.item(keys.rulesReport(version));
    expect(JSON.parse(String(report?.reported))).toMatchObject({
      ...{ version, previousVersion: builtinVersion, destinations: ['GB'], goods: ['42', '61', '62'] },
      ...{ skus: ['SHIRT'], moreSkus: false, added: 0, changed: 3 },
    });
  });

  test('that are in use already change nothing', async () => {
    const again = await importAs(headerOf(), percentLines({ '61091000': '10' }));
    expect(again).toMatchObject({ value: { stored: false, changes: [] } });
  });

  test('with the first day of another take its place', async () => {
    await importAs(headerOf({ edition: '2026-12b' }), percentLines({ '61091000': '9' }));
    expect(await rateOn('2026-12-01')).toBe('9');
    // The same file as the first one again: it is used again.
    const back = await importAs(headerOf(), percentLines({ '61091000': '10' }));
    expect(back).toMatchObject({ value: { stored: true } });
    expect(await rateOn('2026-12-01')).toBe('10');
  });

  test('of a megabyte are stored in parts', async () => {
    const texts = Array.from({ length: 60_000 }, (_, index) => `${(index * 7_919) % 99_991}-${index}`);
    const lines = texts.map((text, index) => ({
      ...{ code: `61${String(index).padStart(8, '0')}`, goods: `${text} ${index * 31}`, text, rate: '5' },
    }));
    const header = headerOf({ edition: 'large', validFrom: '2027-06-01', knownTo: '2027-12-31' });
    expect(await importAs(header, lines)).toMatchObject({ value: { stored: true, lines: 60_000 } });
    const parts = (await on.items()).filter(({ pk, sk }) => /large/.test(String(pk)) && sk !== 'EDITION');
    expect(parts.length).toBeGreaterThan(1);
    expect(await rateOn('2027-06-01')).toBeDefined();
    // Another destination does not read it.
    expect(await rateOn('2026-12-01')).toBe('10');
  });

  test('imported by two at once: the second is refused, as the list moved on', async () => {
    const from = sources();
    await from.store.current();
    await importAs(headerOf({ edition: 'first' }), percentLines({ '61091000': '7' }));
    const second = await importAs(
      headerOf({ edition: 'second' }),
      percentLines({ '61091000': '8' }),
      false,
      from,
    );
    expect(second).toMatchObject({ error: { reason: 'moved-on' } });
    expect(await rateOn('2026-12-01')).toBe('7');
  });
});

describe('an import by the API', () => {
  beforeAll(() => {
    Object.assign(process.env, {
      ...{ TABLE_NAME: on.table.name, BUS_NAME: 'bus', STAGE: 'local', AWS_REGION: 'eu-central-1' },
      ...{ AWS_ENDPOINT_URL_DYNAMODB: on.endpoint },
      ...{ AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local' },
    });
  });
  const send = async (body: unknown) =>
    answerOf(await handler(gatewayEvent({ body: JSON.stringify(body) }), context));
  const lines = percentLines({ '61091000': '10' });
  const body = (header: ScheduleHeader, over: readonly ScheduleLine[] = lines) => ({
    ...{ dryRun: true, header },
    file: Buffer.from(encodeSchedule(header, over)).toString('base64'),
  });

  test.each([
    [
      'no file of an edition',
      { ...body(headerOf()), file: Buffer.from('what is this').toString('base64') },
      'no file',
    ],
    ['another header', { ...body(headerOf()), header: headerOf({ edition: 'x' }) }, 'another header'],
    ['no such tariff', body(headerOf({ tariff: 'xx' })), 'no regime has the tariff xx'],
    ['dates', body(headerOf({ knownTo: '2026-11-30' })), 'is before its first day'],
    [
      'a rate',
      body(headerOf(), [{ code: '61091000', goods: 'x', text: 'x', rate: 'free' }]),
      '61091000: rate',
    ],
  ])('is refused by name for %s', async (_name, given, detail) => {
    const { status, problem } = await send(given).then((answer) => ({
      status: answer.status,
      problem: JSON.stringify(answer.body),
    }));
    expect(status).toBe(422);
    expect(problem).toContain(detail);
  });
});
