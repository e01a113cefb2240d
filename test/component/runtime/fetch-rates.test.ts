import { readFileSync } from 'node:fs';
import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createRatesStore } from '../../../shared/aws/rates/rates-store.ts';
import type { ExchangeRates } from '../../../shared/rates/exchange-rates.ts';
import { renewRates } from '../../../shared/rates/renewal/renew-rates.ts';
import { fetchRateFile, readRateAddresses } from '../../../shared/runtime/rate-files.ts';
import { type RatePublisher, startRatePublisher } from '../../builders/rate-publisher.ts';
import { startTable } from '../stores/table-on-engine.ts';

const fixture = (name: string) => readFileSync(`test/fixtures/rates/${name}`, 'utf8');
const DAILY = '/daily.xml';
const HISTORY = '/history.xml';
const hmrcAt = (month: string) => `/monthly_xml_${month}.xml`;

type Warning = Readonly<Record<string, string>>;

let on: Awaited<ReturnType<typeof startTable>>;
let publisher: RatePublisher;
let warned: Warning[] = [];

beforeAll(async () => {
  on = await startTable();
  publisher = await startRatePublisher();
});
beforeEach(async () => {
  publisher.asked.length = 0;
  publisher.answers.clear();
  warned = [];
});
afterAll(async () => {
  await publisher.stop();
  await on.stop();
});

async function onEmptyTable() {
  for (const { pk, sk } of await on.items())
    await on.table.client.send(new DeleteCommand({ TableName: on.table.name, Key: { pk, sk } }));
}

const addresses = () => ({
  ...{ RATES_ECB_DAILY: publisher.url + DAILY, RATES_ECB_HISTORY: publisher.url + HISTORY },
  RATES_HMRC: `${publisher.url}/monthly_xml_{year}-{month}.xml`,
});

/** A run of the job at that time. */
function runAt(now: string, environment: NodeJS.ProcessEnv = addresses()) {
  const clock = () => new Date(now);
  return renewRates({
    rates: createRatesStore(on.table, clock),
    ...{ fetchFile: fetchRateFile, addresses: readRateAddresses(environment), clock },
    warn: (code, detail) => warned.push({ code, ...detail }),
  });
}
async function stored(): Promise<Record<string, ExchangeRates>> {
  const items = (await on.items()).filter(({ pk }) => pk === 'RATES');
  return Object.fromEntries(items.map(({ sk, rates }) => [String(sk), JSON.parse(String(rates))]));
}
const put = (rates: ExchangeRates) => createRatesStore(on.table, () => new Date()).put(rates);
const warnings = () => warned;

const ninetyDays = fixture('eurofxref-hist-90d.xml');
const november = fixture('monthly_xml_2026-11.xml');
const december = november.replace('01/Nov/2026 to 30/Nov/2026', '01/Dec/2026 to 31/Dec/2026');
const day = (date: string, usd: string) =>
  `<Envelope><Cube><Cube time='${date}'><Cube currency='USD' rate='${usd}'/></Cube></Cube></Envelope>`;

describe('a new deployment', () => {
  test('gets the rates of ninety days, the customs rates of this month and the next, and asks no more', async () => {
    await onEmptyTable();
    publisher.answers.set(HISTORY, ninetyDays).set(hmrcAt('2026-11'), november);
    publisher.answers.set(hmrcAt('2026-12'), december);
    expect(await runAt('2026-11-20T16:00:00.000Z')).toEqual({ ecb: 'stored', hmrc: 'stored' });
    expect(Object.keys(await stored()).toSorted()).toEqual([
      ...['daily#2026-09-24', 'daily#2026-10-20', 'daily#2026-10-22', 'daily#2026-11-18'],
      ...['daily#2026-11-19', 'daily#2026-11-20', 'eu-customs-month#2026-11', 'eu-customs-month#2026-12'],
      ...['hmrc-month#2026-11', 'hmrc-month#2026-12'],
    ]);
    expect(warnings()).toEqual([]);
    publisher.asked.length = 0;
    expect(await runAt('2026-11-20T17:00:00.000Z')).toEqual({ ecb: 'not-due', hmrc: 'not-due' });
    expect(publisher.asked).toEqual([]);
  });

  test('takes the day that is published, on time, from the small file', async () => {
    publisher.answers.set(DAILY, day('2026-11-23', '1.1600'));
    expect(await runAt('2026-11-23T15:00:00.000Z')).toMatchObject({ ecb: 'not-due' });
    expect(await runAt('2026-11-23T16:00:00.000Z')).toMatchObject({ ecb: 'stored' });
    expect(publisher.asked).toEqual([DAILY]);
    expect((await stored())['daily#2026-11-23']).toMatchObject({ rates: { USD: '1.1600' } });
  });

  test('waits while the publisher still has the day before', async () => {
    publisher.answers.set(DAILY, day('2026-11-23', '1.1600'));
    expect(await runAt('2026-11-24T16:00:00.000Z')).toMatchObject({ ecb: 'not-published-yet' });
    expect(warnings()).toEqual([]);
  });
});

describe('a published file that is real', () => {
  test('is stored with every currency that storefronts can use', async () => {
    await onEmptyTable();
    const file = fixture('eurofxref-2024-06-28.xml');
    publisher.answers.set(HISTORY, file).set(DAILY, file);
    await runAt('2024-06-28T15:00:00.000Z');
    const { rates, expiresAt } = (await stored())['daily#2024-06-28'] ?? {};
    expect(Object.keys(rates ?? {})).toHaveLength(29);
    expect(rates).toMatchObject({ USD: '1.0705', ISK: '148.90', IDR: '17487.21' });
    expect(expiresAt).toBeUndefined();
  });
});

describe('rates that a person stored', () => {
  const own: ExchangeRates = {
    id: 'house-bank',
    base: 'EUR',
    date: '2026-11-20',
    source: 'house bank',
    rates: { USD: '1.1' },
  };

  test('of the day stay, whatever is published', async () => {
    await onEmptyTable();
    await put(own);
    publisher.answers.set(HISTORY, ninetyDays);
    await runAt('2026-11-20T16:00:00.000Z');
    expect((await stored())['daily#2026-11-20']).toEqual(own);
  });

  test('with a spread and an expiry keep both when the publisher corrects the day', async () => {
    await onEmptyTable();
    const kept = { spreadBasisPoints: 150, expiresAt: '2026-12-31T00:00:00.000Z' };
    await put({ ...own, ...kept, id: 'ecb-2026-11-20' });
    publisher.answers.set(HISTORY, ninetyDays);
    await runAt('2026-11-20T16:00:00.000Z');
    expect((await stored())['daily#2026-11-20']).toMatchObject({ ...kept, rates: { USD: '1.158' } });
  });
});

describe('a publisher that fails', () => {
  const NOW = '2026-11-20T16:00:00.000Z';
  test.each<[string, (publisher: RatePublisher) => void, string]>([
    [
      'answers 503',
      ({ answers }) => answers.set(HISTORY, (to) => void to.writeHead(503).end()),
      'answered 503',
    ],
    [
      'sends us to another host',
      ({ answers }) =>
        answers.set(HISTORY, (to) => void to.writeHead(302, { location: 'http://127.0.0.1:1/x' }).end()),
      'sent us to another host',
    ],
    [
      'sends us round in circles',
      ({ answers }) => answers.set(HISTORY, (to) => void to.writeHead(302, { location: HISTORY }).end()),
      'sent us on too often',
    ],
    [
      'sends too much',
      ({ answers }) => answers.set(HISTORY, (to) => void to.writeHead(200).end('x'.repeat(1_100_000))),
      'too-large',
    ],
    ['breaks off', ({ answers }) => answers.set(HISTORY, (to) => to.destroy()), 'connection'],
    [
      'sends a file with an error',
      ({ answers }) => answers.set(HISTORY, ninetyDays.replace('"180.02"', '"x"')),
      'the file has errors, the first in line 2: the rate of JPY is not a number above zero: "x"',
    ],
    [
      'sends a page',
      ({ answers }) => answers.set(HISTORY, '<html><body>Sorry</body></html>'),
      'the file has errors',
    ],
    [
      'sends rates of the future',
      ({ answers }) => answers.set(HISTORY, day('2026-12-30', '1.1')),
      'ecb-2026-12-30 is dated in the future',
    ],
  ])('%s: nothing is stored, the log says why, and the job is not broken', async (_what, answer, reason) => {
    await onEmptyTable();
    answer(publisher);
    publisher.answers.set(hmrcAt('2026-11'), november).set(hmrcAt('2026-12'), december);
    expect(await runAt(NOW)).toEqual({ ecb: 'failed', hmrc: 'stored' });
    expect(Object.keys(await stored()).filter((key) => !key.startsWith('hmrc'))).toEqual([]);
    expect(warnings().map(({ code }) => code)).toContain('RATES_NOT_FETCHED');
    expect(warnings().find(({ code }) => code === 'RATES_NOT_FETCHED')).toMatchObject({
      publisher: 'ecb',
      reason: expect.stringContaining(reason),
    });
    expect(JSON.stringify(warnings())).not.toContain(publisher.url);
  });

  test('is followed to the same host', async () => {
    await onEmptyTable();
    publisher.answers.set(HISTORY, (to) => void to.writeHead(301, { location: '/moved.xml' }).end());
    publisher.answers.set('/moved.xml', ninetyDays);
    expect(await runAt(NOW)).toMatchObject({ ecb: 'stored' });
  });

  test('on the Wednesday that decides a month has the month read from the long file later', async () => {
    await onEmptyTable();
    publisher.answers.set(HISTORY, ninetyDays.replace(/<Cube time="2026-11-(18|19|20)">.*\n/g, ''));
    await runAt('2026-11-17T16:00:00.000Z');
    publisher.answers.clear();
    expect(await runAt('2026-11-18T16:00:00.000Z')).toMatchObject({ ecb: 'failed' });
    publisher.answers.set(HISTORY, ninetyDays);
    expect(await runAt('2026-11-20T16:00:00.000Z')).toMatchObject({ ecb: 'stored' });
    expect((await stored())['eu-customs-month#2026-12']).toMatchObject({ date: '2026-11-18' });
  });

  test('leaves a rate alone that moved too far, and names it', async () => {
    await onEmptyTable();
    publisher.answers.set(HISTORY, ninetyDays);
    await runAt(NOW);
    publisher.answers.set(DAILY, day('2026-11-23', '11.600'));
    expect(await runAt('2026-11-23T16:00:00.000Z')).toMatchObject({ ecb: 'failed' });
    expect(JSON.stringify(warnings())).toContain('the rate of USD went from 1.158 to 11.600');
    expect((await stored())['daily#2026-11-23']).toBeUndefined();
  });
});

describe('rates that run out', () => {
  test('are announced if a person imported them, also where nothing is fetched', async () => {
    await onEmptyTable();
    const twd = {
      id: 'cb',
      base: 'USD',
      date: '2026-11-20',
      source: 'central bank',
      rates: { TWD: '32.4' },
    } as const;
    await put({ ...twd, kind: 'additional', expiresAt: '2026-11-24T00:00:00.000Z' });
    expect(await runAt('2026-11-21T00:00:00.000Z', {})).toEqual({ ecb: 'off', hmrc: 'off' });
    expect(warnings()).toEqual([]);
    await runAt('2026-11-22T00:00:00.000Z', {});
    expect(warnings()).toMatchObject([
      {
        code: 'RATES_EXPIRE_SOON',
        kind: 'additional',
        currencies: 'TWD',
        expiresAt: '2026-11-24T00:00:00.000Z',
      },
    ]);
  });

  test('are announced a day before, until somebody acts', async () => {
    await onEmptyTable();
    publisher.answers.set(HISTORY, ninetyDays).set(hmrcAt('2026-11'), november);
    publisher.answers.set(hmrcAt('2026-12'), december);
    await runAt('2026-11-20T16:00:00.000Z');
    publisher.answers.clear();
    const soon = () => warnings().filter(({ code }) => code === 'RATES_EXPIRE_SOON');
    await runAt('2026-11-23T23:59:00.000Z');
    expect(soon()).toEqual([]);
    await runAt('2026-11-24T00:01:00.000Z');
    expect(soon()).toMatchObject([{ kind: 'daily', expiresAt: '2026-11-25T00:00:00.000Z' }]);
  });

  test('of a month are announced two days before it begins', async () => {
    await onEmptyTable();
    publisher.answers.set(HISTORY, ninetyDays).set(hmrcAt('2026-11'), november);
    expect(await runAt('2026-11-20T16:00:00.000Z')).toEqual({ ecb: 'stored', hmrc: 'stored' });
    await runAt('2026-11-29T01:00:00.000Z');
    expect(warnings().filter(({ kind }) => kind === 'hmrc-month')).toMatchObject([{ month: '2026-12' }]);
  });

  test('of a publisher that the stage leaves out are no concern', async () => {
    await onEmptyTable();
    expect(await runAt('2026-11-20T16:00:00.000Z', {})).toEqual({ ecb: 'off', hmrc: 'off' });
    expect(warnings()).toEqual([]);
  });
});
