import type { Cause } from '../../../events/envelope.ts';
import { defined } from '../../kernel/defined.ts';
import { type Money, subtract } from '../../kernel/money.ts';
import { type ActOnOrder, actOnOrder, inBatches } from '../../timeline/index.ts';
import type { SettlementRow } from '../settlement-row.ts';
import {
  type Deadline,
  decideOnRows,
  isOfOrder,
  type OrderRow,
  overdueOf,
  type RowOutcome,
} from './decide-on-rows.ts';
import type { EntryKind, LedgerEntry } from './entries.ts';

/**
 * A difference between a provider's settlements and our ledger. `missing-here`: the provider has money that the ledger
 * has not. `missing-there`: the ledger has money that no settlement has in time. The others as in {@link RowOutcome}.
 */
export interface Difference {
  /** The same in each run that finds it. */
  readonly id: string;
  readonly kind: 'missing-here' | 'missing-there' | 'duplicated' | 'differs' | 'short';
  readonly what: EntryKind;
  /** The provider's reference of the capture, the refund or the dispute. */
  readonly reference: string;
  readonly orderId?: string;
  /** The line of the settlement. */
  readonly rowId?: string;
  readonly ours?: Money;
  readonly theirs?: Money;
  /** Of cash that was remitted in part: what the carrier still owes. `theirs` is what it has remitted by now. */
  readonly owed?: Money;
}

export interface Reconciled {
  /** Lines that settle an entry of the ledger, and were booked. */
  readonly matched: number;
  /** Lines that were booked before. */
  readonly repeated: number;
  /** Payouts, fees, reserves and adjustments: they belong to no order. */
  readonly others: number;
  readonly differences: readonly Difference[];
  /** Lines that are right now: what was different about them is over. */
  readonly right: readonly string[];
}

/** How many orders are read and written at once. */
const ORDERS_AT_ONCE = 10;

/**
 * Compares lines of a provider's settlement with the ledger, and books those that match: the facts of the orders say
 * what was settled, so that repeated and overlapping lines change nothing, and an interrupted run can be repeated. Each
 * line has one outcome. A dry run writes nothing. An order that differs waits for a person.
 */
export async function reconcileRows(
  deps: ActOnOrder,
  {
    provider,
    rows,
    cause,
    dryRun,
  }: {
    readonly provider: string;
    readonly rows: readonly SettlementRow[];
    readonly cause: Cause;
    readonly dryRun: boolean;
  },
): Promise<Reconciled> {
  const ofOrders = rows.filter(isOfOrder);
  const groups = [...Map.groupBy(ofOrders, ({ orderId }) => orderId)];
  const looked = await inBatches(groups, ORDERS_AT_ONCE, async ([orderId, own]) => {
    const outcomes = await outcomesFor(deps, orderId, { provider, rows: own, cause, dryRun });
    return own.map((row, place) => ({ row, outcome: outcomes[place] ?? missing(row) }));
  });
  const all = looked.flat();
  const right = all.flatMap(({ row, outcome }) =>
    outcome.status === 'matched' || outcome.status === 'repeated'
      ? [idOfRow(row), ...(row.orderId === undefined ? [] : [idOfEntry(row.orderId, entryOf(row, outcome))])]
      : [],
  );
  // A later line of the same file may have paid the rest.
  const isPaid = ({ id, kind }: Difference) => kind === 'short' && right.includes(id);
  const count = (status: RowOutcome['status']) =>
    all.filter(({ outcome }) => outcome.status === status).length;
  return {
    matched: count('matched'),
    repeated: count('repeated'),
    others: rows.length - ofOrders.length,
    differences: all
      .flatMap(({ row, outcome }) => differenceOf(row, outcome))
      .filter((difference) => !isPaid(difference)),
    right,
  };
}

const missing = ({ reference }: OrderRow): RowOutcome => ({ status: 'missing-here', settles: reference });

async function outcomesFor(
  deps: ActOnOrder,
  orderId: string | undefined,
  {
    provider,
    rows,
    cause,
    dryRun,
  }: {
    readonly provider: string;
    readonly rows: readonly OrderRow[];
    readonly cause: Cause;
    readonly dryRun: boolean;
  },
): Promise<readonly RowOutcome[]> {
  const timeline = orderId === undefined ? undefined : await deps.timelines.load(orderId);
  if (timeline === undefined) return rows.map(missing);
  if (dryRun) return decideOnRows(timeline, provider, rows).outcomes;
  let outcomes: readonly RowOutcome[] = [];
  await actOnOrder({ ...deps, known: timeline }, timeline.orderId, cause, (latest) => {
    const decision = decideOnRows(latest, provider, rows);
    outcomes = decision.outcomes;
    return decision.facts;
  });
  return outcomes;
}

/**
 * What a provider should have settled of these orders and has not: entries that are older than its time. The orders
 * wait for a person. Gives the differences, each once.
 */
export async function findOverdue(
  deps: ActOnOrder,
  {
    orderIds,
    deadlines,
    cause,
  }: {
    readonly orderIds: readonly string[];
    /** By provider; one that is not named settles in no way that we read. */
    readonly deadlines: ReadonlyMap<string, Deadline>;
    readonly cause: Cause;
  },
): Promise<readonly (Difference & { readonly provider: string })[]> {
  const found = await inBatches(orderIds, ORDERS_AT_ONCE, async (orderId) => {
    const timeline = await deps.timelines.load(orderId);
    if (timeline === undefined || overdueOf(timeline, deadlines).entries.length === 0) return [];
    const latest = await actOnOrder(deps, orderId, cause, (seen) => overdueOf(seen, deadlines).hold);
    return overdueOf(latest, deadlines).entries.map((entry) => ({
      ...{ id: idOfEntry(orderId, entry), kind: 'missing-there' as const, what: entry.kind, orderId },
      ...{ reference: entry.reference, ours: entry.amount, provider: entry.provider },
    }));
  });
  return found.flat();
}

const idOfRow = ({ rowId }: OrderRow): string => `row#${rowId}`;

const idOfEntry = (
  orderId: string,
  { kind, reference, amount }: Pick<LedgerEntry, 'kind' | 'reference' | 'amount'>,
): string => `entry#${orderId}#${kind}#${reference}#${amount.amountMinor < 0 ? '-' : '+'}`;

/** The entry that a line is about. */
const entryOf = ({ kind, gross }: OrderRow, { settles }: RowOutcome) => ({
  ...{ kind, reference: settles, amount: gross },
});

/** An entry that differs is missing nowhere, so that its difference has the name that a missing one would have. */
function differenceOf(row: OrderRow, outcome: RowOutcome): Difference[] {
  const { status } = outcome;
  if (status === 'matched' || status === 'repeated') return [];
  const { rowId, kind: what, orderId, gross } = row;
  const { settles: reference } = outcome;
  const ours = 'ours' in outcome ? outcome.ours : undefined;
  if (outcome.status === 'short' && orderId !== undefined) {
    const [id, theirs] = [idOfEntry(orderId, entryOf(row, outcome)), subtract(outcome.ours, outcome.owed)];
    return [
      { id, kind: 'short', what, reference, orderId, ours: outcome.ours, rowId, theirs, owed: outcome.owed },
    ];
  }
  const isOfEntry = outcome.status === 'differs' && outcome.isOfEntry && orderId !== undefined;
  const id = isOfEntry ? idOfEntry(orderId, entryOf(row, outcome)) : idOfRow(row);
  return [{ id, kind: status, what, reference, ...defined({ orderId, ours }), rowId, theirs: gross }];
}
