import { type ApiClient, ApiProblem, type Call } from '../../../../infra/cli/client/api-client.ts';
import type { ReplenishmentOrderView } from '../../../../shared/replenishment/purchasing/order-view.ts';
import type { RunView } from '../../../../shared/replenishment/run/run-view.ts';

/** A refusal as the API answers it. */
export const problem = (status: number, code: string, detail = 'A detail.') =>
  new ApiProblem('CALL', status, { type: `https://entrepot.dev/problems/${code}`, status, detail });

/** A client that answers each call by its method and path without the query. An Error as an answer is thrown. */
export function fakeApi(answers: Readonly<Record<string, (call: Call, times: number) => unknown>>) {
  const calls: Call[] = [];
  const client: ApiClient = {
    async call<T>(call: Call): Promise<T> {
      calls.push(call);
      const name = `${call.method} ${call.path.split('?')[0]?.replace('/v1/admin/replenishment', '')}`;
      const answer = answers[name];
      if (answer === undefined) throw new Error(`the test expects no ${name}`);
      const times = calls.filter(({ method, path }) => method === call.method && path === call.path).length;
      const given = answer(call, times);
      if (given instanceof Error) throw given;
      return given as T;
    },
  };
  return { client, calls };
}

export const run = (more: Partial<RunView> = {}): RunView => ({
  ...{ day: '2026-11-29', timeZone: 'Europe/Berlin', by: 'operator', state: 'done' },
  ...{ startedAt: '2026-11-29T06:00:00.000Z', durationSeconds: 3.2 },
  batches: { done: 2, all: 2 },
  skuSites: { all: 12, proposed: 2, enough: 7, toStop: 0, notPlanned: [{ reason: 'no-supplier', count: 3 }] },
  orders: {
    placed: 2,
    approved: 1,
    lines: 2,
    linesMoved: 0,
    linesCovered: 0,
    linesRefused: 0,
    linesCut: 0,
    unitsCut: 0,
  },
  ...{ stops: [], problems: [] },
  href: '/v1/admin/replenishment/runs/2026-11-29',
  ...more,
});

export const order = (
  id: string,
  lines: readonly (readonly [sku: string, units: number, priceMinor?: number])[],
  more: Partial<ReplenishmentOrderView> = {},
): ReplenishmentOrderView => ({
  ...{ replenishmentOrderId: id as never, kind: 'purchase', status: 'proposed', supplierId: 'potter' },
  ...{ warehouseId: 'pl-poznan', proposedAt: '2026-11-29T06:00:02.000Z' },
  ...{ expectedAt: '2026-12-09T06:00:00.000Z', runId: 'daily-2026-11-29.0', notices: [] },
  ...{ mayBe: ['approve', 'cancel'], failedSendings: 0, timeline: [] },
  lines: lines.map(([sku, ordered, amount]) => ({
    ...{ sku, ordered, received: 0, open: ordered, onTheWay: 0, damaged: 0, needKey: `${sku}#pl-poznan` },
    ...(amount === undefined ? {} : { unitPrice: { amount, currency: 'EUR' as const } }),
  })),
  ...more,
});
