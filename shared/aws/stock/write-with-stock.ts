import type { StockChange, StockPlace } from '../../stock/index.ts';
import { backOff } from '../back-off.ts';
import type { Table } from '../clients.ts';
import { MAX_ITEMS, type TransactItem, type TransactOutcome, transact } from '../transaction.ts';
import type { TakeStock, Taking, TakingOptions } from './taking.ts';

/** Items that a transaction writes beside the stock, under the name that a refusal reports. */
interface Part<Name extends string> {
  readonly name: Name;
  readonly items: readonly TransactItem[];
}

export interface StockWriter {
  readonly table: Table;
  readonly take: TakeStock;
}

export interface StockWrite<Name extends string> {
  readonly parts: readonly Part<Name>[];
  readonly changes: readonly StockChange[];
  readonly taking: Omit<TakingOptions, 'room'>;
  readonly patience: Patience;
}

/** How often a transaction is repeated when others conflict with it, and how long it waits between attempts. */
interface Patience {
  readonly maxAttempts: number;
  /** After this number of attempts the wait grows. */
  readonly attemptsPerStep: number;
  /** Whether it waits while the updates of the stock don't fit one transaction. */
  readonly waitsForRoom: boolean;
}

export type StockWritten<Name extends string> =
  /** `noteDemand` counts the demand for the units; call it after the write. */
  | { readonly outcome: 'written'; readonly noteDemand: () => Promise<void> }
  /** The parts whose condition was false, each with its first such item, if requested. */
  | { readonly outcome: 'refused'; readonly parts: ReadonlyMap<Name, Record<string, unknown> | undefined> }
  /** Places with too few units. `isUnclear`: at another place units are being moved between buckets. */
  | { readonly outcome: 'short'; readonly places: readonly StockPlace[]; readonly isUnclear: boolean }
  /** Units are being moved between the buckets of a place: whether it holds enough is not certain yet. */
  | { readonly outcome: 'unclear' }
  /** The updates don't fit one transaction, because other processes move units too. */
  | { readonly outcome: 'no-room' }
  /** Every attempt conflicted with another transaction. */
  | { readonly outcome: 'contended' };

/** How to continue after an attempt without a result: at once, or after a wait. */
type Retry = 'at-once' | 'after-wait';

/**
 * Writes changes of stock together with other items, all or none. After a refusal it looks for the units in other
 * buckets and repeats the transaction. A refusal of the other items takes precedence over one of the stock.
 */
export async function writeWithStock<Name extends string>(
  { table, take }: StockWriter,
  write: StockWrite<Name>,
): Promise<StockWritten<Name>> {
  const { maxAttempts, attemptsPerStep } = write.patience;
  const own = write.parts.flatMap(({ name, items }) => items.map((item) => ({ name, item })));
  const taking = await take(write.changes, { ...write.taking, room: MAX_ITEMS - own.length });
  for (let attempt = 0; attempt < maxAttempts; attempt += 1) {
    const result = await tryOnce(table, { write, own, taking });
    if (result !== 'at-once' && result !== 'after-wait') return result;
    if (result === 'after-wait') await backOff(Math.floor(attempt / attemptsPerStep));
  }
  return { outcome: 'contended' };
}

interface Attempt<Name extends string> {
  readonly write: StockWrite<Name>;
  readonly own: readonly { readonly name: Name; readonly item: TransactItem }[];
  readonly taking: Taking;
}

async function tryOnce<Name extends string>(
  table: Table,
  { write, own, taking }: Attempt<Name>,
): Promise<StockWritten<Name> | Retry> {
  const stock = await taking.items();
  if (stock === undefined) return write.patience.waitsForRoom ? 'after-wait' : { outcome: 'no-room' };
  const result = await transact(table, [...own.map(({ item }) => item), ...stock]);
  if (result.outcome === 'written') return { outcome: 'written', noteDemand: () => taking.done() };
  if (result.outcome === 'condition') return afterRefusal(result, own, taking);
  await taking.contended(result.contended.map((index) => index - own.length));
  return 'after-wait';
}

async function afterRefusal<Name extends string>(
  { failed }: Extract<TransactOutcome, { outcome: 'condition' }>,
  own: Attempt<Name>['own'],
  taking: Taking,
): Promise<StockWritten<Name> | Retry> {
  const parts = new Map<Name, Record<string, unknown> | undefined>();
  for (const { index, item } of failed) {
    const name = own[index]?.name;
    if (name !== undefined && !parts.has(name)) parts.set(name, item);
  }
  if (parts.size > 0) return { outcome: 'refused', parts };
  const { short, isUnclear } = await taking.refused(
    failed.map(({ index, item }) => ({ index: index - own.length, item })),
  );
  if (short.length > 0) return { outcome: 'short', places: short, isUnclear };
  return isUnclear ? { outcome: 'unclear' } : 'at-once';
}
