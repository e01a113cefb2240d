import type { ReplenishmentDataOf, ReplenishmentFact } from '../../../events/replenishment.ts';
import { unreachable } from '../../kernel/invariant.ts';
import { ok, type Result, refused } from '../../kernel/result.ts';
import { dayMs, type Instant } from '../../kernel/time.ts';
import { mayMove } from '../../kernel/transitions.ts';
import { evolve, type OrderState, type OrderStatus, orderTransitions } from './order-state.ts';

type Header = 'replenishmentOrderId' | 'sequence' | 'at' | 'by';
type Own<Name extends Parameters<typeof dataOf>[0]> = Omit<ReplenishmentDataOf<Name>, Header>;

/** A counted line of a delivery. */
export interface CountedLine {
  readonly sku: string;
  readonly received: number;
  readonly short: number;
  readonly damaged: number;
  readonly rejected: number;
}

/** What is asked of an order. */
export type OrderCommand =
  | ({ readonly kind: 'approve' } & Own<'replenishment.approved'>)
  | ({ readonly kind: 'mark-sent' } & Own<'replenishment.sent'>)
  | {
      readonly kind: 'acknowledge';
      readonly supplierReference?: string;
      readonly expectedAt?: Instant;
      /** Lines of which the supplier delivers fewer units. */
      readonly changes?: Own<'replenishment.acknowledged'>['changes'];
    }
  | ({ readonly kind: 'ship' } & Own<'replenishment.shipped'>)
  | {
      readonly kind: 'receive';
      readonly noticeId: string;
      readonly lines: readonly CountedLine[];
      /** The share of each line of the bill of freight, in the order of the notice's lines. */
      readonly firstLegs?: readonly (
        | Own<'replenishment.received'>['lines'][number]['firstLeg']
        | undefined
      )[];
    }
  | { readonly kind: 'close' }
  | ({
      readonly kind: 'cancel';
      /** Whether it is on its way to the supplier at this moment. */
      readonly isBeingSent?: boolean;
    } & Own<'replenishment.cancelled'>);

/** Why an order can't do what was asked, as a value. `index` is the line at fault. */
export type OrderRefusal =
  | { readonly reason: 'illegal-move'; readonly from: OrderStatus; readonly asked: OrderCommand['kind'] }
  | { readonly reason: 'no-supplier' }
  | { readonly reason: 'notice-known' }
  | { readonly reason: 'notice-unknown' }
  | { readonly reason: 'already-counted' }
  | { readonly reason: 'being-sent' }
  | { readonly reason: 'not-ordered'; readonly index: number }
  | { readonly reason: 'twice'; readonly index: number }
  | { readonly reason: 'more-than-open'; readonly index: number; readonly most: number }
  | { readonly reason: 'more-than-ordered'; readonly index: number; readonly most: number }
  | { readonly reason: 'nothing-left' }
  | { readonly reason: 'not-noticed'; readonly index: number }
  | { readonly reason: 'line-missing'; readonly sku: string }
  | { readonly reason: 'does-not-add-up'; readonly index: number; readonly noticed: number }
  | { readonly reason: 'more-rejected-than-damaged'; readonly index: number };

type Decided = Result<readonly ReplenishmentFact[], OrderRefusal>;
type By = ReplenishmentDataOf<'replenishment.proposed'>['by'];

const TARGET: Readonly<Record<OrderCommand['kind'], OrderStatus>> = {
  approve: 'approved',
  'mark-sent': 'sent',
  acknowledge: 'acknowledged',
  ship: 'shipped',
  receive: 'received',
  close: 'closed',
  cancel: 'cancelled',
};

const COMMANDS = Object.keys(TARGET) as readonly OrderCommand['kind'][];

/** The commands that the order's status allows, for whoever shows it. */
export const legalCommands = (status: OrderStatus): readonly OrderCommand['kind'][] =>
  COMMANDS.filter((kind) => mayMove(orderTransitions, status, TARGET[kind]));

/**
 * The facts that follow from a command; a refusal where the order does not allow it. The order is closed together with
 * the receipt that completes it. Pure.
 */
export function decideOrder(
  state: OrderState,
  command: OrderCommand,
  { at, by }: { readonly at: Instant; readonly by: By },
): Decided {
  if (!mayMove(orderTransitions, state.status, TARGET[command.kind]))
    return refused({ reason: 'illegal-move', from: state.status, asked: command.kind });
  const decided = decide(state, command, { at, by });
  if (!decided.ok || command.kind !== 'receive') return decided;
  const after = decided.value.reduce(evolve, state);
  if (after.status !== 'received' || openUnitsOf(after) > 0) return decided;
  return ok([
    ...decided.value,
    dataOf('replenishment.closed', after, { at, by }, { outcome: 'complete', openUnits: 0 }),
  ]);
}

/** Units of an order that were ordered and not received. */
export const openUnitsOf = ({ lines }: Pick<OrderState, 'lines'>): number =>
  lines.reduce((sum, { open }) => sum + open, 0);

interface When {
  readonly at: Instant;
  readonly by: By;
}

function dataOf<Name extends ReplenishmentFact['name']>(
  name: Name,
  { replenishmentOrderId, sequence }: OrderState,
  { at, by }: When,
  own: Omit<ReplenishmentDataOf<Name>, Header>,
): ReplenishmentFact {
  return {
    name,
    data: { replenishmentOrderId, sequence: sequence + 1, at, by, ...own },
  } as unknown as ReplenishmentFact;
}

function decide(state: OrderState, command: OrderCommand, when: When): Decided {
  const one = <Name extends ReplenishmentFact['name']>(
    name: Name,
    own: Omit<ReplenishmentDataOf<Name>, Header>,
  ): Decided => ok([dataOf(name, state, when, own)]);
  switch (command.kind) {
    case 'approve':
      return one('replenishment.approved', { approval: command.approval });
    case 'mark-sent': {
      const { kind: _, ...own } = command;
      return state.kind === 'purchase' ? one('replenishment.sent', own) : refused({ reason: 'no-supplier' });
    }
    case 'acknowledge': {
      const { supplierReference, expectedAt = state.expectedAt, changes = [] } = command;
      const problem = whyNotChanged(state, changes);
      if (problem !== undefined) return refused(problem);
      return one('replenishment.acknowledged', {
        ...(supplierReference === undefined ? {} : { supplierReference }),
        ...(changes.length === 0 ? {} : { changes }),
        expectedAt,
      });
    }
    case 'ship': {
      const { kind: _, ...own } = command;
      const problem = whyNotShipped(state, own);
      return problem === undefined ? one('replenishment.shipped', own) : refused(problem);
    }
    case 'receive':
      return decideReceipt(state, command, when);
    case 'close':
      return one('replenishment.closed', { outcome: 'rest-given-up', openUnits: openUnitsOf(state) });
    case 'cancel':
      // The supplier may have it a moment later: then it is cancelled as an order that was sent.
      return command.isBeingSent === true
        ? refused({ reason: 'being-sent' })
        : one('replenishment.cancelled', { reason: command.reason });
    default:
      return unreachable(command, 'every command is decided');
  }
}

/** A supplier may deliver less than was ordered, and something of it. Nothing is on its way yet. */
function whyNotChanged(
  { lines }: OrderState,
  changes: readonly { readonly sku: string; readonly quantity: number }[],
): OrderRefusal | undefined {
  const left = new Map(lines.map(({ sku, ordered }) => [sku, ordered]));
  const seen = new Set<string>();
  for (const [index, { sku, quantity }] of changes.entries()) {
    const most = left.get(sku);
    if (most === undefined) return { reason: 'not-ordered', index };
    if (seen.has(sku)) return { reason: 'twice', index };
    seen.add(sku);
    if (quantity > most) return { reason: 'more-than-ordered', index, most };
    left.set(sku, quantity);
  }
  return [...left.values()].some((quantity) => quantity > 0) ? undefined : { reason: 'nothing-left' };
}

function whyNotShipped(state: OrderState, shipped: Own<'replenishment.shipped'>): OrderRefusal | undefined {
  // Only a transfer leaves without having been sent to a supplier.
  if (state.status === 'approved' && state.kind === 'purchase')
    return { reason: 'illegal-move', from: state.status, asked: 'ship' };
  if (state.notices.some(({ shipped: { noticeId } }) => noticeId === shipped.noticeId))
    return { reason: 'notice-known' };
  const seen = new Set<string>();
  for (const [index, { sku, units }] of shipped.lines.entries()) {
    const line = state.lines.find((each) => each.sku === sku);
    if (line === undefined) return { reason: 'not-ordered', index };
    if (seen.has(sku)) return { reason: 'twice', index };
    seen.add(sku);
    const most = line.open - line.onTheWay;
    if (units > most) return { reason: 'more-than-open', index, most };
  }
  return undefined;
}

function decideReceipt(
  state: OrderState,
  { noticeId, lines, firstLegs = [] }: Extract<OrderCommand, { kind: 'receive' }>,
  when: When,
): Decided {
  const notice = state.notices.find(({ shipped }) => shipped.noticeId === noticeId);
  if (notice === undefined) return refused({ reason: 'notice-unknown' });
  if (notice.received !== undefined) return refused({ reason: 'already-counted' });
  const problem = whyNotCounted(notice.shipped.lines, lines);
  if (problem !== undefined) return refused(problem);
  const counted = new Map(lines.map((line) => [line.sku, line]));
  const received = notice.shipped.lines.map(({ sku, units }, place) => {
    const line = counted.get(sku);
    const firstLeg = firstLegs[place];
    return {
      ...{ sku, noticed: units, received: line?.received ?? 0, short: line?.short ?? 0 },
      ...{ damaged: line?.damaged ?? 0, rejected: line?.rejected ?? 0 },
      ...(firstLeg === undefined ? {} : { firstLeg }),
    };
  });
  const data = { noticeId, lines: received, daysLate: daysLate(state.promisedAt, when.at) };
  return ok([dataOf('replenishment.received', state, when, data)]);
}

function whyNotCounted(
  noticed: readonly { readonly sku: string; readonly units: number }[],
  lines: readonly CountedLine[],
): OrderRefusal | undefined {
  const seen = new Set<string>();
  for (const [index, { sku, received, short, damaged, rejected }] of lines.entries()) {
    const line = noticed.find((each) => each.sku === sku);
    if (line === undefined) return { reason: 'not-noticed', index };
    if (seen.has(sku)) return { reason: 'twice', index };
    seen.add(sku);
    if (received + short + damaged !== line.units)
      return { reason: 'does-not-add-up', index, noticed: line.units };
    if (rejected > damaged) return { reason: 'more-rejected-than-damaged', index };
  }
  const missing = noticed.find(({ sku }) => !seen.has(sku));
  return missing === undefined ? undefined : { reason: 'line-missing', sku: missing.sku };
}

/** Whole days from the promised day to the day of arrival, UTC; 0 if in time. */
function daysLate(promised: Instant, arrived: Instant): number {
  const day = (at: Instant) => Date.parse(`${at.slice(0, 10)}T00:00:00.000Z`);
  return Math.max(0, Math.round((day(arrived) - day(promised)) / dayMs));
}
