import { compare, fromJson } from '../../../../shared/kernel/money.ts';
import type { ReplenishmentOrderView } from '../../../../shared/replenishment/purchasing/order-view.ts';
import type { ProposedOrder } from '../../../../shared/replenishment/run/list-proposals.ts';
import type { ApiClient } from '../../client/api-client.ts';
import { counted } from '../../files/problems.ts';
import { refusalOf, withScope } from '../client/needs-scope.ts';
import { moneyText, sumText } from '../client/order-money.ts';
import type { ApproveOptions } from './approve-options.ts';
import { proposalsText } from './proposals-text.ts';

interface Around {
  readonly client: ApiClient;
  /** Asks the user; gives whether the answer is yes. */
  readonly ask: (question: string) => Promise<boolean>;
  readonly say: (line: string) => void;
}

type Asked = Omit<ApproveOptions, 'url' | 'token' | 'dataDir'>;

/**
 * Lists what waits for an approval, and approves what was named. Gives whether everything that was named is approved.
 * An order that somebody else has approved meanwhile counts as approved.
 */
export async function approveOrders(options: Asked, { client, ask, say }: Around): Promise<boolean> {
  const waiting = await proposals(withScope(client, 'replenishment:read'));
  if (options.json) {
    say(JSON.stringify(waiting, undefined, 2));
    return true;
  }
  const chosen = choose(waiting, options);
  if (chosen === undefined) {
    say(waiting.length === 0 ? 'No order waits for an approval.' : proposalsText(waiting));
    if (waiting.length > 0) say('\nApprove with ids, --supplier, --under or --all.');
    return true;
  }
  const unknown = options.ids.filter((id) => chosen.every((each) => each.replenishmentOrderId !== id));
  for (const id of unknown) say(`${id}: no order of this id waits for an approval`);
  if (chosen.length === 0) {
    if (unknown.length === 0) say('No order that waits for an approval meets this.');
    return unknown.length === 0;
  }
  say(proposalsText(chosen));
  const all = sumText(chosen.map(({ total }) => (total === undefined ? undefined : fromJson(total))));
  const what = `${counted(chosen.length, 'order')}${all === '' ? '' : ` of ${all}`}`;
  if (!options.yes && !(await ask(`\nApprove ${what}? (y/N) `))) {
    say('Nothing was approved.');
    return false;
  }
  const failed = await approveEach(withScope(client, 'replenishment:approve'), chosen, say);
  return failed === 0 && unknown.length === 0;
}

/** The orders that wait, page by page. */
async function proposals(client: ApiClient): Promise<ProposedOrder[]> {
  const found: ProposedOrder[] = [];
  let cursor: string | undefined;
  do {
    const query = new URLSearchParams({ limit: '50', ...(cursor === undefined ? {} : { cursor }) });
    const page = await client.call<{ readonly proposals: ProposedOrder[]; readonly cursor?: string }>({
      ...{ method: 'GET', path: `/v1/admin/replenishment/proposals?${query}` },
    });
    found.push(...page.proposals);
    cursor = page.cursor;
  } while (cursor !== undefined);
  return found;
}

/** The orders that are meant; undefined where none was named. An order without an amount is under no amount. */
function choose(
  waiting: readonly ProposedOrder[],
  { ids, supplier, under, all }: Asked,
): readonly ProposedOrder[] | undefined {
  if (ids.length > 0) return waiting.filter((each) => ids.includes(each.replenishmentOrderId));
  if (!all && supplier === undefined && under === undefined) return undefined;
  return waiting.filter(({ supplierId, total }) => {
    if (supplier !== undefined && supplierId !== supplier) return false;
    if (under === undefined) return true;
    return total !== undefined && total.currency === under.currency && compare(fromJson(total), under) <= 0;
  });
}

/** Approves in turn. The key follows from the order, so that a command that is repeated approves nothing twice. */
async function approveEach(
  client: ApiClient,
  orders: readonly ProposedOrder[],
  say: Around['say'],
): Promise<number> {
  let failed = 0;
  for (const { replenishmentOrderId: id, total } of orders)
    try {
      const order = await client.call<{ readonly status: string }>({
        ...{ method: 'POST', path: `/v1/admin/replenishment/orders/${id}/approve` },
        headers: { 'idempotency-key': `approve-${id}` },
      });
      say(`${id}: ${order.status}${total === undefined ? '' : `, ${moneyText(total)}`}`);
    } catch (error) {
      const refusal = refusalOf(error);
      if (refusal === undefined || refusal.status >= 500) throw error;
      const isApproved = refusal.code === 'illegal-move' && (await wasApproved(client, id));
      if (!isApproved) failed += 1;
      say(`${id}: ${isApproved ? 'was approved meanwhile' : `not approved: ${refusal.detail}`}`);
    }
  return failed;
}

/** Whether the order was approved, by whomever. */
async function wasApproved(client: ApiClient, id: string): Promise<boolean> {
  const { timeline, status } = await client.call<Pick<ReplenishmentOrderView, 'timeline' | 'status'>>({
    ...{ method: 'GET', path: `/v1/admin/replenishment/orders/${id}` },
  });
  return status !== 'cancelled' && timeline.some(({ name }) => name === 'replenishment.approved');
}
