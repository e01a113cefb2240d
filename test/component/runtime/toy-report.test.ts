import { describe, expect, test } from 'vitest';
import { Components } from '../../../infra/cli/contracts/json-schema.ts';
import { type ReportSources, reports } from '../../../shared/reports/index.ts';
import { reportRoute } from '../../../shared/runtime/report-route.ts';
import type { TaxEntry } from '../../../shared/timeline/index.ts';
import { ordersByState } from '../../fixtures/toys/report/orders-by-state.ts';
import { reportsWithToy } from '../../fixtures/toys/report/registry.ts';
import { answerOf, context, gatewayEvent } from './lambda-events.ts';
import { gatherLog } from './log-lines.ts';

gatherLog();

const amountOf = (memberState: TaxEntry['amounts'][number]['memberState']) => ({
  memberState,
  dispatchedFrom: 'CN' as const,
  rate: '20',
  taxable: { amountMinor: 1_000, currency: 'EUR' as const },
  tax: { amountMinor: 200, currency: 'EUR' as const },
});

const entry = (orderId: string, over: Partial<TaxEntry> = {}): TaxEntry => ({
  scheme: 'ioss',
  orderId,
  factSequence: 3,
  kind: 'sale',
  enteredAt: '2026-11-27T09:00:00.000Z',
  chargeableAt: '2026-11-27T09:00:00.000Z',
  amounts: [amountOf('DE')],
  ...over,
});

const entries = [
  entry('one', { amounts: [amountOf('DE'), amountOf('DE')] }),
  entry('two', { amounts: [amountOf('DE'), amountOf('FR')] }),
  entry('three', { kind: 'correction' }),
  entry('four', { enteredAt: '2026-11-28T00:00:00.000Z' }),
];

const sources: ReportSources = {
  taxEntries: {
    async each(scheme, { from, to }, see) {
      for (const each of entries)
        if (each.scheme === scheme && from <= each.enteredAt && each.enteredAt < to) see(each);
    },
  },
  ratesOn: async () => undefined,
  registrations: async () => ({ ioss: 'IM2760000001', importer: {} }),
  now: '2026-11-28T12:00:00.000Z',
};

const route = (registry: typeof reports) =>
  reportRoute(
    {
      id: 'reports/get-report',
      reports: registry,
      ofLake: { names: [], named: async () => undefined, all: async () => [] },
    },
    () => ({
      sources: () => sources,
      lake: () => {
        throw new Error('no report of the lake is asked for');
      },
    }),
  );

async function ask(name: string, query: Record<string, string>, accept = 'application/json') {
  const { handler } = route(reportsWithToy);
  return handler(gatewayEvent({ method: 'GET', params: { name }, query, headers: { accept } }), context);
}

describe('a report that consists of one file and its lines in the registry', () => {
  test('is answered by the common route of all reports', async () => {
    const { status, body } = answerOf(await ask('orders-by-state', { day: '2026-11-27' }));
    expect({ status, body }).toEqual({ status: 200, body: { day: '2026-11-27', orders: { DE: 2, FR: 1 } } });
    expect(ordersByState.answer.safeParse(body).success).toBe(true);
  });

  test('is sent as comma-separated values to a caller that accepts them', async () => {
    const answer = await ask('orders-by-state', { day: '2026-11-27' }, 'text/csv');
    expect(answer).toMatchObject({
      statusCode: 200,
      headers: { 'content-type': 'text/csv; charset=utf-8' },
      body: 'member_state,orders\r\nDE,2\r\nFR,1\r\n',
    });
  });

  test.each([
    ['orders-by-state', {}, '#/query/day', 'invalid-type'],
    ['orders-by-state', { day: '2026-02-30' }, '#/query/day', 'invalid-format'],
    ['orders-by-state', { day: '2026-11-27', period: '2026-11' }, '#/query/period', 'unknown-field'],
    ['orders-by-state', { day: '2026-12-01' }, '#/query/day', 'not-yet'],
    ['orders-by-planet', { day: '2026-11-27' }, '#/path/name', 'invalid-value'],
  ])('for %s with %j is refused and names %s: %s', async (name, query, pointer, code) => {
    const { status, body } = answerOf(await ask(name, query));
    expect({ status, body }).toMatchObject({ status: 422, body: { errors: [{ pointer, code }] } });
  });

  test('does not change the answers or the contract of other reports', async () => {
    const { status, body } = answerOf(await ask('ioss', { period: '2026-11' }));
    expect({ status, body }).toMatchObject({ status: 200, body: { report: 'ioss', orders: 3 } });
    const contractsOf = async (registry: typeof reports) =>
      (await route(registry).operations()).map(({ params, contract: { query, answers } }) => {
        const components = new Components();
        const answer = answers[200]?.schema;
        return {
          params,
          query: query === undefined ? undefined : components.of(query, 'input'),
          answer: answer === undefined ? undefined : components.of(answer, 'output'),
          components: components.sorted(),
        };
      });
    const before = await contractsOf(reports);
    const after = await contractsOf(reportsWithToy);
    expect(after.slice(0, before.length)).toEqual(before);
    expect(after.slice(before.length)).toMatchObject([
      { params: { name: 'orders-by-state' }, answer: { $ref: '#/components/schemas/OrdersByState' } },
    ]);
  });
});

describe('the registry of reports', () => {
  test('contains no name twice', () => {
    const names = reports.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });

  test('gives every answer a name, so that each is a separate component of the contract', () => {
    const ids = reports.map(({ answer }) => answer.meta()?.id);
    expect(new Set(ids).size).toBe(reports.length);
    expect(ids).not.toContain(undefined);
  });
});
