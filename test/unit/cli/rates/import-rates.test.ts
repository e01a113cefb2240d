import { readFileSync } from 'node:fs';
import { describe, expect, it, vi } from 'vitest';
import type { ApiClient, Call } from '../../../../infra/cli/client/api-client.ts';
import { importRates } from '../../../../infra/cli/rates/import-rates.ts';
import { addRates } from '../../../../infra/cli/rates/rates-command.ts';
import type { RatesOptions } from '../../../../infra/cli/rates/rates-options.ts';
import { readCsvRates } from '../../../../infra/cli/rates/read-csv-rates.ts';
import { readHmrc } from '../../../../infra/cli/rates/read-hmrc.ts';
import { exchangeRatesSchema } from '../../../../shared/rates/exchange-rates.ts';
import { monthAfter, secondLastWednesday } from '../../../../shared/rates/published/customs-month.ts';
import { readEcb } from '../../../../shared/rates/published/read-ecb.ts';
import { parseLine } from '../parse-line.ts';

const fixture = (name: string) => readFileSync(`test/fixtures/rates/${name}`, 'utf8');
const daily = fixture('eurofxref-daily.xml');
const ninetyDays = fixture('eurofxref-hist-90d.xml');
const csv = fixture('monthly_csv_2026-11.csv');
const xml = fixture('monthly_xml_2026-11.xml');

function tables(read: ReturnType<typeof readEcb>) {
  if (!read.ok) throw new Error(JSON.stringify(read.errors));
  return read.value.map((table) => exchangeRatesSchema.parse(table));
}
const errors = (read: ReturnType<typeof readEcb>) =>
  read.ok ? [] : read.errors.map(({ line, reason }) => `${line}: ${reason}`);

describe('files of the European Central Bank', () => {
  it('give the rates of the day, and on the deciding Wednesday the customs rates of the next month', () => {
    const [today, customs, ...more] = tables(readEcb(daily));
    expect(today).toEqual({
      id: 'ecb-2026-11-18',
      base: 'EUR',
      date: '2026-11-18',
      source: 'European Central Bank, euro foreign exchange reference rates',
      kind: 'daily',
      rates: { USD: '1.1562', JPY: '179.81', CZK: '24.318', GBP: '0.87815', IDR: '19312.44', ZAR: '19.8877' },
    });
    expect(customs).toMatchObject({
      id: 'ecb-customs-2026-12',
      kind: 'eu-customs-month',
      month: '2026-12',
      date: '2026-11-18',
      rates: today?.rates,
    });
    expect(more).toEqual([]);
    expect(readEcb(daily)).toMatchObject({ unknownCurrencies: ['XDR'] });
    expect(tables(readEcb(daily.replace('2026-11-18', '2026-11-19')))).toHaveLength(1);
  });

  it('of ninety days give the rates of every day, latest first, and each month whose Wednesday they contain', () => {
    const read = tables(readEcb(ninetyDays));
    expect(read.map(({ kind, month, date }) => [kind, month, date])).toEqual([
      ['daily', undefined, '2026-11-20'],
      ['daily', undefined, '2026-11-19'],
      ['daily', undefined, '2026-11-18'],
      ['daily', undefined, '2026-10-22'],
      ['daily', undefined, '2026-10-20'],
      ['daily', undefined, '2026-09-24'],
      // No rates on Wednesday the 21st of October in this file: those of the day before it hold.
      ['eu-customs-month', '2026-11', '2026-10-20'],
      ['eu-customs-month', '2026-12', '2026-11-18'],
    ]);
    expect(read[6]?.rates).toEqual({ USD: '1.1529', JPY: '178.22', GBP: '0.8759' });
  });

  it.each([
    [
      'a rate that is not a number',
      daily.replace("'179.81'", "'17x'"),
      ['11: the rate of JPY is not a number above zero: "17x"'],
    ],
    [
      'a rate of zero',
      daily.replace("'1.1562'", "'0.0000'"),
      ['10: the rate of USD is not a number above zero: "0.0000"'],
    ],
    ['an unknown code', daily.replace("'CZK'", "'Kč'"), ['12: "Kč" is not a currency code']],
    ['an impossible day', daily.replace('2026-11-18', '2026-02-30'), ['9: "2026-02-30" is not a day']],
    [
      'the same day twice',
      ninetyDays.replace('2026-11-19', '2026-11-20'),
      ['3: 2026-11-20 occurs twice in the file'],
    ],
    [
      'two rates of one currency',
      daily.replace("'JPY'", "'USD'"),
      ['11: USD has two rates: 1.1562 and 179.81'],
    ],
    ['another file', xml, ['2: this is not a file of reference rates: it has no day']],
    ['no file', '', ['1: Start tag expected.']],
    [
      'every error at once',
      daily.replace("'179.81'", "'x'").replace("'24.318'", "'-1'"),
      [
        '11: the rate of JPY is not a number above zero: "x"',
        '12: the rate of CZK is not a number above zero: "-1"',
      ],
    ],
  ])('with %s are refused, and each error has its line', (_what, text, expected) => {
    expect(errors(readEcb(text))).toEqual(expected);
  });

  it('are refused if they end too early', () => {
    expect(errors(readEcb(daily.slice(0, 700)))).toHaveLength(1);
  });
});

describe('monthly files of HM Revenue & Customs', () => {
  it('give the rates of the month for one pound, from CSV and from XML', () => {
    const [fromCsv] = tables(readHmrc(csv));
    expect(fromCsv).toEqual({
      id: 'hmrc-2026-11',
      base: 'GBP',
      date: '2026-11-01',
      source: 'HM Revenue & Customs, exchange rates for customs and VAT',
      kind: 'hmrc-month',
      month: '2026-11',
      rates: { AED: '4.8391', AUD: '2.0136', EUR: '1.1377', JPY: '204.8127', KRW: '1876.31', USD: '1.3177' },
    });
    expect(readHmrc(csv)).toMatchObject({ unknownCurrencies: ['MNT'] });
    const [fromXml] = tables(readHmrc(xml));
    expect(fromXml).toEqual({ ...fromCsv, rates: { AED: '4.8391', EUR: '1.1377', USD: '1.3177' } });
    expect(tables(readHmrc(`\uFEFF${csv.replaceAll('\n', '\r\n').replace('date', 'Date')}`))[0]).toEqual(
      fromCsv,
    );
  });

  it.each([
    [
      'two rates of one currency',
      csv.replace('Dubai,Dirham,AED,4.8391', 'Dubai,Dirham,AED,4.8392'),
      ['4: AED has two rates: 4.8391 and 4.8392'],
    ],
    [
      'a row of another month',
      csv.replace('1.3177,01/11/2026', '1.3177,01/12/2026'),
      ['9: 01/12/2026 to 30/11/2026 is not the month of the file'],
    ],
    ['no rate', csv.replace(',204.8127,', ',,'), ['6: the rate of JPY is not a number above zero: ""']],
    ['a cell too few', csv.replace('Japan,Yen,JPY', 'Japan,JPY'), [expect.stringMatching(/^6: /)]],
    [
      'no heading',
      csv.split('\n').slice(1).join('\n'),
      [expect.stringMatching(/^1: this is not a monthly file/)],
    ],
    ['no rows', `${csv.split('\n')[0]}\n`, ['1: the file has no rates']],
    [
      'no period',
      xml.replace('01/Nov/2026', 'November'),
      [expect.stringMatching(/^2: this is not a monthly file/)],
    ],
    ['no code', xml.replace('<currencyCode>EUR</currencyCode>', ''), ['10: "" is not a currency code']],
  ])('with %s are refused, and each error has its line', (_what, text, expected) => {
    expect(errors(readHmrc(text))).toEqual(expected);
  });
});

describe('a file of rates of other currencies', () => {
  const others = [
    'currency,rate,date,source,base',
    'AED,3.6725,2026-11-27,Central Bank of the UAE,USD',
    'SAR,3.75,2026-11-27,Saudi Central Bank,USD',
    'KES,149.6,2026-11-26,"Central Bank of Kenya, mean rate",',
    'XOF,655.957,2026-11-27,BCEAO,',
  ].join('\n');

  it('gives a table for each day, publisher and base, and names currencies that nobody can use', () => {
    const shared = { kind: 'additional' } as const;
    expect(tables(readCsvRates(others))).toEqual([
      {
        ...{ ...shared, id: 'csv-2026-11-27-1', base: 'USD', date: '2026-11-27' },
        ...{ source: 'Central Bank of the UAE', rates: { AED: '3.6725' } },
      },
      {
        ...{ ...shared, id: 'csv-2026-11-27-2', base: 'USD', date: '2026-11-27' },
        ...{ source: 'Saudi Central Bank', rates: { SAR: '3.75' } },
      },
      {
        ...{ ...shared, id: 'csv-2026-11-26-3', base: 'EUR', date: '2026-11-26' },
        ...{ source: 'Central Bank of Kenya, mean rate', rates: { KES: '149.6' } },
      },
    ]);
    expect(readCsvRates(others)).toMatchObject({ unknownCurrencies: ['XOF'] });
  });

  it('may come from a German spreadsheet, and needs no column for the base', () => {
    const saved = 'Currency;Rate;Date;Source\r\nAED;4,253;2026-11-27;Hausbank\r\n';
    expect(tables(readCsvRates(saved))).toMatchObject([{ base: 'EUR', rates: { AED: '4.253' } }]);
  });

  it.each([
    ['no column', others.replace('source,', 'from,'), ['1: missing columns: source']],
    ['no rate', others.replace('3.75', ''), ['3: rate: the rate of SAR is not a number above zero: ""']],
    [
      'a comma',
      others.replace('3.75', '"3,75"'),
      ['3: rate: the rate of SAR is not a number above zero: "3,75"'],
    ],
    [
      'a day of another form',
      others.replace('2026-11-26', '26/11/2026'),
      ['4: date: "26/11/2026" is not a day, written 2026-11-27'],
    ],
    [
      'no publisher',
      others.replace('Saudi Central Bank', ''),
      ['3: source: who published the rate is missing'],
    ],
    [
      'an unknown base',
      others.replace('Saudi Central Bank,USD', 'S,usd'),
      ['3: base: "usd" is not a currency that can be used'],
    ],
    [
      'itself as base',
      others.replace('AED,3.6725,2026-11-27,Central Bank of the UAE,USD', 'USD,1,2026-11-27,B,USD'),
      ['2: base: USD is worth 1 of itself'],
    ],
    [
      'a currency twice',
      others.replace('SAR', 'AED'),
      ['3: currency: AED is in line 2 already', '3: rate: AED has two rates: 3.6725 and 3.75'],
    ],
    ['a name for a code', others.replace('SAR', 'riyal'), ['3: currency: "riyal" is not a currency code']],
    ['no rows', 'currency,rate,date,source\n', ['1: the file has no rates']],
  ])('with %s is refused, and each error has its line and column', (_what, text, expected) => {
    expect(errors(readCsvRates(text)).toSorted()).toEqual([...expected].toSorted());
  });
});

describe('a monthly file of HMRC, saved by a German spreadsheet', () => {
  it('gives the same rates', () => {
    const saved = csv
      .split('\n')
      .map((line) =>
        line
          .replaceAll(',', ';')
          .replaceAll(/(\d)\.(\d)/g, '$1,$2')
          .replaceAll(/(\d\d)\/(\d\d)\//g, '$1.$2.'),
      )
      .join('\r\n');
    expect(readHmrc(`\uFEFFsep=;\r\n${saved}\r\n;;;;;\r\n`)).toEqual(readHmrc(csv));
  });
});

describe('the Wednesday that decides the customs rates of a month', () => {
  it.each([
    ['2026-11', '2026-11-18'],
    ['2026-09', '2026-09-23'],
    ['2026-12', '2026-12-23'],
    ['2027-02', '2027-02-17'],
    ['2027-03', '2027-03-24'],
  ])('of %s is %s', (month, day) => {
    expect(secondLastWednesday(month)).toBe(day);
  });

  it('decides the rates of the following month, also at the end of a year', () => {
    expect([monthAfter('2026-11'), monthAfter('2026-12')]).toEqual(['2026-12', '2027-01']);
  });
});

describe('an import of rates', () => {
  async function run(text: string, over: object = {}) {
    const calls: Call[] = [];
    const said: string[] = [];
    const client: ApiClient = {
      async call<T>(call: Call) {
        calls.push(call);
        return undefined as T;
      },
    };
    const options = {
      kind: 'ecb-daily',
      from: 'f.xml',
      spreadBasisPoints: undefined,
      expiresAt: undefined,
      dryRun: false,
    } as const;
    const isWell = await importRates(
      { ...options, ...over },
      text,
      async () => client,
      (line) => said.push(line),
    );
    return { isWell, calls, said };
  }

  it('stores every table; only the daily table has a spread and an expiry', async () => {
    const { isWell, calls, said } = await run(daily, {
      spreadBasisPoints: 150,
      expiresAt: '2026-11-30T00:00:00.000Z',
    });
    expect(isWell).toBe(true);
    const bodies = calls.map(({ body }) => exchangeRatesSchema.parse(body));
    expect(
      bodies.map(({ kind, spreadBasisPoints, expiresAt }) => [kind, spreadBasisPoints, expiresAt]),
    ).toEqual([
      ['daily', 150, '2026-11-30T00:00:00.000Z'],
      ['eu-customs-month', undefined, undefined],
    ]);
    expect(said).toEqual([
      'left out, because no storefront can use these currencies: XDR',
      'stored ecb-2026-11-18: daily rates of 2026-11-18, 6 currencies for one EUR',
      'stored ecb-customs-2026-12: eu-customs-month rates of 2026-12, 6 currencies for one EUR',
    ]);
  });

  it('stores the earlier days of a ninety-day file without a spread, and reports them in one line', async () => {
    const { calls, said } = await run(ninetyDays, { kind: 'ecb-90d', spreadBasisPoints: 150 });
    const bodies = calls.map(({ body }) => exchangeRatesSchema.parse(body));
    const days = bodies.filter(({ kind }) => kind === 'daily');
    expect(days.filter(({ spreadBasisPoints }) => spreadBasisPoints === 150)).toMatchObject([
      { date: '2026-11-20' },
    ]);
    expect(days).toHaveLength(6);
    expect(said).toContain('stored 5 earlier days of rates, from 2026-09-24 to 2026-11-19');
  });

  it('stores nothing if the file has an error, and nothing in a dry run', async () => {
    const broken = await run(daily.replace("'179.81'", "'x'"));
    expect(broken).toMatchObject({ isWell: false, calls: [] });
    expect(broken.said).toEqual([
      'f.xml:11: the rate of JPY is not a number above zero: "x"',
      '1 error: nothing was stored',
    ]);
    const dry = await run(csv, { kind: 'hmrc', dryRun: true });
    expect(dry).toMatchObject({ isWell: true, calls: [] });
    expect(dry.said.at(-1)).toBe(
      'would store hmrc-2026-11: hmrc-month rates of 2026-11, 6 currencies for one GBP',
    );
  });
});

describe('an import of rates of other currencies', () => {
  const file = 'currency,rate,date,source\nAED,4.253,2026-11-27,Bank\nUSD,1.1,2026-11-27,Bank\n';
  async function run(over: object) {
    const calls: Call[] = [];
    const said: string[] = [];
    const client: ApiClient = {
      async call<T>(call: Call) {
        calls.push(call);
        return undefined as T;
      },
    };
    const options = {
      kind: 'csv',
      from: 'f.csv',
      dryRun: false,
      spreadBasisPoints: 25,
      expiresAt: undefined,
    } as const;
    await importRates(
      { ...options, ...over },
      file,
      async () => client,
      (line) => said.push(line),
    );
    return { bodies: calls.map(({ body }) => body), said };
  }

  it('stores them without a spread, and says what will not be used', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2026-12-01T23:00:00.000Z') });
    const late = await run({});
    expect(late.bodies).toMatchObject([{ kind: 'additional', rates: { AED: '4.253', USD: '1.1' } }]);
    expect(late.bodies[0]).not.toHaveProperty('spreadBasisPoints');
    expect(late.said.join('\n')).toContain('USD: used only while the daily rates lack this currency');
    vi.setSystemTime('2026-12-02T00:00:00.000Z');
    expect((await run({})).said.at(-1)).toBe(
      'rates of 2026-11-27 have expired: say with --expires until when they may be used',
    );
    const longer = await run({ expiresAt: '2027-01-31T00:00:00.000Z' });
    expect(longer.bodies).toMatchObject([{ expiresAt: '2027-01-31T00:00:00.000Z' }]);
    expect(longer.said.join('\n')).not.toContain('expired');
    expect((await run({ dryRun: true })).bodies).toEqual([]);
    vi.useRealTimers();
  });
});

describe('the command line of the import', () => {
  const read = (...args: readonly string[]) =>
    parseLine<RatesOptions>(['rates', ...args], (program, give) =>
      addRates(program, async (options) => give(options)),
    );

  it('is read, and the token comes from the environment', () => {
    vi.stubEnv('ENTREPOT_TOKEN', 't');
    expect(read('import', 'hmrc', 'f.csv', '--dry-run', '--spread', '25')).toMatchObject({
      kind: 'hmrc',
      from: 'f.csv',
      dryRun: true,
      spreadBasisPoints: 25,
      token: 't',
      url: 'http://127.0.0.1:3000',
    });
    vi.unstubAllEnvs();
  });

  it.each([
    [['import', 'ecb', 'f.xml'], 'Allowed choices are ecb-daily'],
    [['import', 'hmrc'], "missing required argument 'source'"],
    [['import', 'hmrc', 'f.csv', '--spread', '1%'], 'a whole number from 0 to 2000'],
    [['import', 'hmrc', 'f.csv', '--expires', 'tomorrow'], 'It takes a time in UTC'],
    [['import', 'hmrc', 'f.csv', '--url', 'localhost'], 'It takes an address'],
  ])('%j is refused', (args, words) => {
    expect(() => read(...args)).toThrow(words);
  });
});
