import type { Cause } from '../../events/envelope.ts';
import { ok, type Result, refused } from '../kernel/result.ts';
import type { Clock } from '../kernel/time.ts';
import {
  actOnOrder,
  loadOrder,
  type ReferenceReader,
  type Timeline,
  type TimelineStore,
} from '../timeline/index.ts';
import {
  type DisputedLine,
  decideOnInvoiceLine,
  decideSettlement,
  type InvoiceDecision,
  type InvoicedData,
  type InvoiceLine,
  type SettlementRefusal,
} from './freight-invoices.ts';

export interface InvoiceDeps {
  readonly timelines: TimelineStore;
  readonly references: ReferenceReader;
  readonly clock: Clock;
}

/** The result of one line, in the order of the lines. */
export type ImportedLine =
  | {
      readonly status: 'matched' | 'disputed';
      readonly orderId: string;
      readonly invoiced: InvoicedData;
      /** It was known before. */
      readonly isRepeat: boolean;
    }
  | {
      readonly status: 'unmatched';
      readonly reason: 'unknown-parcel' | 'other-carrier' | 'other-currency' | 'no-card';
    };

/** A line that prevents the whole import from being written. */
export interface LineProblem {
  readonly line: number;
  readonly code: 'twice-in-import' | 'already-invoiced';
  readonly detail: string;
}

/**
 * Compares the lines of carriers' invoices with the rate cards of their parcels. All lines are checked before the first
 * is written; one contradictory line keeps all of them out. Lines are written one by one and identified by their
 * contents, so an interrupted import can simply be repeated. Where another import writes a contradictory line after the
 * check, that line is refused and the others are written. A dry run writes nothing.
 */
export async function importInvoices(
  deps: InvoiceDeps,
  lines: readonly InvoiceLine[],
  { cause, dryRun }: { readonly cause: Cause; readonly dryRun: boolean },
): Promise<Result<ImportedLine[], readonly LineProblem[]>> {
  const found = await Promise.all(
    lines.map(({ carrier: code, trackingNumber: reference }) =>
      deps.references.orderOf({ kind: 'carrier', code, reference }),
    ),
  );
  const seen = new Map<string, Timeline>();
  const looked: ImportedLine[] = [];
  const problems = twiceIn(lines);
  for (const [index, line] of lines.entries()) {
    const known = found[index];
    if (known === undefined) {
      looked.push({ status: 'unmatched', reason: 'unknown-parcel' });
      continue;
    }
    const { orderId, parcelId } = known;
    const timeline = seen.get(orderId) ?? (await loadOrder(deps.timelines, orderId));
    const decision = decideOnInvoiceLine(timeline, parcelId, line);
    if ('conflict' in decision) {
      problems.push(alreadyInvoiced(index, line, decision));
      continue;
    }
    // A line of this import counts for the parcel's next line.
    seen.set(orderId, withLine(timeline, decision));
    looked.push(importedLine(orderId, decision));
  }
  if (problems.length > 0) return refused(problems);
  if (dryRun) return ok(looked);
  const written: ImportedLine[] = [];
  for (const [index, line] of lines.entries()) {
    const known = found[index];
    const decision = known === undefined ? undefined : await writeLine(deps, known, line, cause);
    if (known === undefined || decision === undefined)
      written.push({ status: 'unmatched', reason: 'unknown-parcel' });
    // Another import wrote this line, with another amount, after the check.
    else if ('conflict' in decision) problems.push(alreadyInvoiced(index, line, decision));
    else written.push(importedLine(known.orderId, decision));
  }
  return problems.length > 0 ? refused(problems) : ok(written);
}

function alreadyInvoiced(
  line: number,
  { invoiceNumber }: InvoiceLine,
  { conflict }: Extract<InvoiceDecision, { conflict: unknown }>,
): LineProblem {
  const { amount, currency } = conflict.amount;
  const detail = `invoice ${invoiceNumber} has this parcel already, for ${amount} ${currency} in minor units`;
  return { line, code: 'already-invoiced', detail };
}

async function writeLine(
  deps: InvoiceDeps,
  { orderId, parcelId }: { readonly orderId: string; readonly parcelId: string },
  line: InvoiceLine,
  cause: Cause,
): Promise<InvoiceDecision> {
  let decision: InvoiceDecision = { unmatched: 'no-card' };
  await actOnOrder(deps, orderId, cause, (timeline) => {
    decision = decideOnInvoiceLine(timeline, parcelId, line);
    return 'invoiced' in decision ? [{ name: 'freight.invoiced', data: decision.invoiced }] : [];
  });
  return decision;
}

function importedLine(
  orderId: string,
  decision: Exclude<InvoiceDecision, { conflict: unknown }>,
): ImportedLine {
  if ('unmatched' in decision) return { status: 'unmatched', reason: decision.unmatched };
  const isRepeat = 'repeated' in decision;
  const invoiced = isRepeat ? decision.repeated : decision.invoiced;
  return { status: invoiced.status, orderId, invoiced, isRepeat };
}

/** The timeline as it will be with the line written; only for checking ahead. */
function withLine({ orderId, facts }: Timeline, decision: InvoiceDecision): Timeline {
  const latest = facts.at(-1);
  if (!('invoiced' in decision) || latest === undefined) return { orderId, facts };
  const next = {
    ...latest,
    sequence: facts.length + 1,
    name: 'freight.invoiced' as const,
    version: 1,
    data: decision.invoiced,
  };
  return { orderId, facts: [...facts, next] };
}

function twiceIn(lines: readonly InvoiceLine[]): LineProblem[] {
  const first = new Map<string, number>();
  return lines.flatMap(({ carrier, invoiceNumber, trackingNumber }, line): LineProblem[] => {
    const name = JSON.stringify([carrier, invoiceNumber, trackingNumber]);
    const before = first.get(name);
    if (before === undefined) first.set(name, line);
    return before === undefined
      ? []
      : [{ line, code: 'twice-in-import', detail: `the same parcel of the same invoice as line ${before}` }];
  });
}

/** Settles the dispute of one line. An unknown order has none. */
export async function settleFreightDispute(
  deps: Pick<InvoiceDeps, 'timelines' | 'clock'>,
  orderId: string,
  settlement: DisputedLine & { readonly outcome: 'credited' | 'accepted' },
  cause: Cause,
): Promise<Result<'settled', SettlementRefusal>> {
  const { outcome, ...line } = settlement;
  if ((await deps.timelines.load(orderId)) === undefined) return refused({ reason: 'no-dispute' });
  let answer: Result<'settled', SettlementRefusal> = ok('settled');
  await actOnOrder(deps, orderId, cause, (timeline) => {
    const decided = decideSettlement(timeline, line, outcome);
    answer = decided.ok ? ok('settled') : decided;
    return decided.ok ? decided.value : [];
  });
  return answer;
}
