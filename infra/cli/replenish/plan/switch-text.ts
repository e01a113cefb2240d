import type { SupplyRisk } from '../../../../shared/replenishment/inbound/supply-risks.ts';
import type { ApiClient } from '../../client/api-client.ts';
import { counted } from '../../files/problems.ts';
import { textTable } from '../../terminal/text-table.ts';

/** A cheaper way to a market that is proposed. */
export type OpenSwitch = Pick<SupplyRisk, 'sku' | 'market' | 'from' | 'betterFrom' | 'detail'>;

/** The cheaper ways to markets that are open now, whatever the day of a run. */
export async function openSwitches(client: ApiClient): Promise<readonly OpenSwitch[]> {
  const path = '/v1/admin/replenishment/proposals?limit=1';
  return (await client.call<{ readonly switches: readonly OpenSwitch[] }>({ method: 'GET', path })).switches;
}

/** Those that a terminal shows; JSON has all. */
const MAX_SHOWN = 20;

/** By which other way products should come to their markets, the next day to decide first. */
export function switchText(switches: readonly OpenSwitch[]): string[] {
  if (switches.length === 0) return [];
  const shown = switches.toSorted((a, b) => ((a.from ?? '') < (b.from ?? '') ? -1 : 1)).slice(0, MAX_SHOWN);
  const left = switches.length - shown.length;
  const columns = [
    ...[{ title: 'Change the way of' }, { title: 'to' }, { title: 'decide by' }, { title: 'have moved by' }],
    { title: 'because', width: 60 },
  ];
  const rows = shown.map(({ sku = '', market = '', from = '', betterFrom = '', detail = '' }) => [
    ...[sku, market, from, betterFrom, detail],
  ]);
  return ['', textTable(columns, rows), ...(left > 0 ? [`… and ${counted(left, 'change')} more`] : [])];
}
