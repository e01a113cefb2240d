import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  amount,
  count,
  country,
  day,
  duration,
  mass,
  ratio,
  text,
} from '../../../shared/reports/answer/columns.ts';
import {
  type ReportAnswer,
  reportAnswerSchema,
  reportJson,
} from '../../../shared/reports/answer/report-answer.ts';
import { csvLines, tableOf } from '../../../shared/reports/answer/report-csv.ts';
import { chartSvg } from '../../../shared/reports/page/chart-svg.ts';
import { reportPage } from '../../../shared/reports/page/report-page.ts';

const pageOf = (given: ReportAnswer, locale: string) => reportPage(given, locale, chartSvg);

const columns = {
  market: country('Market', 'The country of the destination.'),
  name: text('Name', 'A text of a stranger.'),
  day: day('Day', 'A day.'),
  gross: amount('Gross', 'What was charged.'),
  orders: count('Orders', 'Orders.'),
  kept: ratio('Promises kept', 'A part.'),
  took: duration('Took', 'Seconds.'),
  carbon: mass('Carbon', 'Grams.'),
};
const row = {
  ...{ market: 'DE', name: 'Tea "towel", large\r\nblue', day: '2026-11-28', orders: 1234 },
  ...{ gross: { amountMinor: 1234567, currency: 'EUR' } as const, kept: 0.9375, took: 5400, carbon: 2500 },
};
const none = {
  market: null,
  name: null,
  day: null,
  orders: null,
  gross: null,
  kept: null,
  took: null,
  carbon: null,
};

const answer = (over: Partial<ReportAnswer> = {}): ReportAnswer => ({
  ...{ report: 'made-up', title: 'Made up', says: 'Every kind of column.' },
  ...{ period: '2026-11-28', periodKind: 'day', timeZone: 'Europe/Berlin', currency: 'EUR', status: 'over' },
  ...{ from: '2026-11-27T23:00:00.000Z', to: '2026-11-28T23:00:00.000Z' },
  tables: [{ name: 'rows', title: 'Rows', columns, rows: [row, none] }],
  charts: [
    { table: 'rows', kind: 'bar', title: 'Gross by market', x: 'market', y: ['gross'] },
    { table: 'rows', kind: 'line', title: 'Orders by day', x: 'day', y: ['orders', 'kept'] },
  ],
  notCounted: [],
  ...over,
});

describe('a report as JSON', () => {
  it('fits its schema: amounts in minor units, and null where there is no figure', () => {
    const json = reportJson(answer());

    expect(reportAnswerSchema.parse(json)).toEqual(json);
    expect(json.tables[0]?.rows).toEqual([{ ...row, gross: { amount: 1234567, currency: 'EUR' } }, none]);
    expect(json.tables[0]?.columns[3]).toEqual({
      ...{ name: 'gross', kind: 'money', title: 'Gross', is: 'What was charged.' },
    });
  });
});

describe('a report as CSV', () => {
  const csvOf = (given: ReportAnswer) => {
    const table = tableOf(given);
    return table === undefined ? '' : [...csvLines(table)].join('');
  };

  it('is read by a reader of RFC 4180: amounts in major units with their currency', () => {
    const [head, first, second] = parse(csvOf(answer()), { record_delimiter: '\r\n' }) as string[][];

    expect(head).toEqual([
      ...['market', 'name', 'day', 'gross', 'gross_currency', 'orders', 'kept', 'took', 'carbon'],
    ]);
    expect(first).toEqual([
      'DE',
      row.name,
      '2026-11-28',
      '12345.67',
      'EUR',
      '1234',
      '0.9375',
      '5400',
      '2500',
    ]);
    expect(second).toEqual(Array.from({ length: 9 }, () => ''));
  });

  it('keeps any text in its field, and no text is a formula', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (name) => {
        const given = answer({
          tables: [{ name: 'rows', title: 'Rows', columns, rows: [{ ...row, name }] }],
        });
        const [, read] = parse(csvOf(given), { record_delimiter: '\r\n' }) as string[][];
        expect(read?.[1]?.replace(/^'(?=[=+\-@\t\r])/, '')).toBe(name);
        expect(read?.[1]).not.toMatch(/^[=+\-@]/);
      }),
    );
  });

  it('has a table by its name, the first one without a name, and none of an unknown name', () => {
    expect([tableOf(answer())?.name, tableOf(answer(), 'rows')?.name]).toEqual(['rows', 'rows']);
    expect(tableOf(answer(), 'columns')).toBeUndefined();
  });
});

describe('a report as a page', () => {
  it.each([
    ['en-US', 'ltr', ['€12,345.67', '1,234', 'Germany', 'Nov 28, 2026', '93.8%', '1.5 hr', '2.5 kg']],
    ['de-DE', 'ltr', ['12.345,67\u00a0€', '1.234', 'Deutschland', '28.11.2026', '93,8\u00a0%', '1,5 Std.']],
    ['en-IN', 'ltr', ['€12,345.67']],
    ['ar-EG', 'rtl', ['١٢٬٣٤٥٫٦٧', '١٬٢٣٤', 'ألمانيا']],
    ['he', 'rtl', ['12,345.67', 'גרמניה']],
  ])('has the numbers, dates and countries of %s, from %s', (locale, direction, texts) => {
    const page = pageOf(answer(), locale);

    expect(page).toContain(`<html lang="en" dir="${direction}">`);
    for (const each of texts) expect(page).toContain(each);
    // The words are English; only what is written in the reader's language is marked as such.
    const lang = locale.startsWith('en') ? '' : ` lang="${locale}"`;
    const [land = ''] = texts.filter((each) =>
      ['Germany', 'Deutschland', 'ألمانيا', 'גרמניה'].includes(each),
    );
    expect(page).toContain(`<bdi${lang}>${land}`);
    expect(page).toContain('<bdi>Tea &quot;towel&quot;');
    expect(page.match(/ lang="(?!en")[^"]*"/g)?.every((each) => each === lang) ?? lang === '').toBe(true);
    // Letters in a picture are placed from left to right, whichever way the page is written.
    expect(page).toContain('figure svg { direction: ltr;');
  });

  it('needs nothing from elsewhere and runs nothing', () => {
    const page = pageOf(answer(), 'en');

    expect(page.match(/<svg /g)).toHaveLength(4);
    expect(page).not.toMatch(/<script|<link|<img|@import|src=|href=|javascript:| on\w+="/i);
    expect(page.replaceAll(/xmlns(:xlink)?="[^"]*"/g, '')).not.toMatch(/https?:/);
  });

  it('shows a text of a stranger as text', () => {
    const name = `<script>alert(1)</script>"' onload="x" class="zr0-cls-1"`;
    const rows = [{ ...row, name, market: '<b>' }];
    const tables = [{ name: 'rows', title: 'A & B', columns, rows }];
    const page = pageOf(answer({ tables, notCounted: [{ code: 'x', says: '<i>', count: 3 }] }), 'en');

    expect(page).not.toMatch(/<script|<b>|<i>|onload="x"/);
    expect(page).toContain('&lt;script&gt;');
    expect(page).toContain('A &amp; B');
  });

  it('is the same to the byte when it is made again', () => {
    expect(pageOf(answer(), 'de')).toBe(pageOf(answer(), 'de'));
  });

  it('says what it leaves out, that the period runs, and of whom it is', () => {
    const notCounted = [{ code: 'no-rate', says: 'orders in JPY have no rate', count: 12_000 }];
    const page = pageOf(answer({ notCounted, status: 'running', storefrontId: 'outlet' }), 'de');

    expect(page).toMatch(/12\.000<\/bdi> <bdi>orders in JPY have no rate/);
    expect(page).toContain('The period is not over.');
    expect(page).toContain('Only storefront outlet.');
    expect(pageOf(answer(), 'de')).not.toMatch(/leave out|not over|Only storefront/);
  });

  it('of nothing has no picture and no broken figure', () => {
    const page = pageOf(answer({ tables: [{ name: 'rows', title: 'Rows', columns, rows: [] }] }), 'en');

    expect(page).toContain('Nothing in this period.');
    expect(page).not.toMatch(/<svg|NaN|undefined|null/);
  });

  it('draws the first bars of many, and says so', () => {
    const rows = Array.from({ length: 40 }, (_, index) => ({ ...row, orders: index }));
    const page = pageOf(answer({ tables: [{ name: 'rows', title: 'Rows', columns, rows }] }), 'en');

    expect(page).toContain('the first 12 of 40');
  });

  it('is refused for an invalid locale', () => {
    expect(() => pageOf(answer(), 'no locale')).toThrow(RangeError);
  });
});
