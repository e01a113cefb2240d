import type { Cause } from '../../events/envelope.ts';
import { toJson } from '../kernel/money.ts';
import { toInstant } from '../kernel/time.ts';
import {
  actOnOrder,
  closedParcels,
  type Decided,
  type Decision,
  decideAndReport,
  factsNamed,
  holdOnce,
  orderStateOf,
  type PlannedParcel,
  placedFact,
  type Timeline,
} from '../timeline/index.ts';
import { decideOnDeclaration } from './apply-declaration-answer.ts';
import type { Declaration, DeclarationAnswer } from './broker.ts';
import { buildDeclaration } from './build-declaration.ts';
import { declarationIdFor, lrnOf } from './declaration-id.ts';
import { declarationsOf } from './declaration-state.ts';
import type { DeclareDeps } from './declare-deps.ts';
import { withdrawDeclarations } from './withdraw-declarations.ts';

/**
 * Files a parcel's declaration and records the filing with the broker's first answer. If a field is missing, the order
 * is held, and the hold names the field.
 */
export async function fileDeclaration(
  deps: DeclareDeps,
  timeline: Timeline,
  { parcelId, consignment }: PlannedParcel,
  cause: Cause,
): Promise<void> {
  const { orderId, facts } = timeline;
  const [details, exporter, seller, broker] = await Promise.all([
    deps.details.read(orderId),
    deps.exporterAt(consignment.warehouseId),
    deps.seller(),
    deps.brokerFor(consignment.regime),
  ]);
  const declarationId = declarationIdFor(parcelId, attemptOf(facts, parcelId));
  const built = buildDeclaration({
    lrn: lrnOf(declarationId),
    consignment,
    exporter,
    seller,
    landedCost: placedFact(timeline).data.landedCost,
    consignee: details.shippingAddress,
    trackingNumber: trackingNumberOf(timeline, parcelId),
  });
  if (!built.ok) {
    const reason = `declaration-incomplete: ${built.error.field}`;
    await actOnOrder(deps, orderId, cause, (now) => holdOnce(now.facts, reason, parcelId));
    return;
  }
  const answer = await broker.file(toInstant(deps.clock()), built.value);
  const filing: Filing = { declarationId, parcelId, broker: broker.code, declaration: built.value };
  const latest = await decideAndReport(deps, orderId, cause, (now) => decideFiling(now, filing, answer));
  if (orderStateOf(latest.facts).ended === 'cancelled' || closedParcels(latest.facts).has(parcelId))
    await withdrawDeclarations(deps, orderId, cause);
}

interface Filing {
  readonly declarationId: string;
  readonly parcelId: string;
  readonly broker: string;
  readonly declaration: Declaration;
}

/** The filing is recorded even if the order has ended meanwhile: the authority has it. */
function decideFiling(timeline: Timeline, filing: Filing, answer: DeclarationAnswer): Decision {
  const { declarationId, parcelId, broker, declaration } = filing;
  const { lrn, dataSet, totals } = declaration;
  const known = declarationsOf(timeline.facts).find((candidate) => candidate.declarationId === declarationId);
  if (known !== undefined) return decideOnDeclaration(timeline, known, answer);
  const declared = {
    goods: toJson(totals.goods),
    duty: toJson(totals.duty),
    tax: toJson(totals.tax),
    fees: toJson(totals.fees),
  };
  const filed: Decided = {
    name: 'declaration.filed',
    data: { declarationId, parcelId, broker, dataSet, lrn, declared },
  };
  const sequence = timeline.facts.length + 1;
  const state = { declarationId, parcelId, broker, lrn, status: 'filed', queries: [], sequence } as const;
  const decision = decideOnDeclaration(timeline, state, answer);
  return { ...decision, facts: [filed, ...decision.facts] };
}

/** Counts from one; after a finished declaration the next one has another number. */
function attemptOf(facts: Timeline['facts'], parcelId: string): number {
  const over = declarationsOf(facts).filter(
    ({ parcelId: declared, status }) =>
      declared === parcelId && (status === 'refused' || status === 'invalidated'),
  );
  return over.length + 1;
}

function trackingNumberOf({ facts }: Timeline, parcelId: string): string {
  const booked = factsNamed(facts, 'parcel.booked').findLast(({ data }) => data.parcelId === parcelId);
  if (booked === undefined) throw new Error(`parcel ${parcelId} has no label to declare`);
  return booked.data.trackingNumber;
}
