import type { Cause } from '../../events/envelope.ts';
import { toJson } from '../kernel/money.ts';
import { ok, type Result } from '../kernel/result.ts';
import { toInstant } from '../kernel/time.ts';
import {
  actOnOrder,
  type Decided,
  type Decision,
  decideAndReport,
  factsNamed,
  holdOnce,
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
import { withdrawNamed } from './withdraw-named.ts';

/**
 * Files a parcel's declaration and records the filing with the broker's first answer. If a field is missing, the order
 * is held, and the hold names the field.
 */
export async function fileDeclaration(
  deps: DeclareDeps,
  timeline: Timeline,
  parcel: PlannedParcel,
  cause: Cause,
): Promise<void> {
  const { orderId } = timeline;
  const { parcelId } = parcel;
  const built = await prepareFiling(deps, timeline, parcel);
  if (!built.ok) {
    const reason = `declaration-incomplete: ${built.error.field}`;
    await actOnOrder(deps, orderId, cause, (now) => holdOnce(now.facts, reason, parcelId));
    return;
  }
  const broker = await deps.brokerFor(parcel.consignment.regime);
  const answer = await broker.file(toInstant(deps.clock()), built.value.declaration);
  const latest = await recordFiling(deps, orderId, { filing: built.value, answer }, cause);
  await withdrawNamed(deps, latest, cause);
}

/** The parcel's next declaration. Its number is derived from the parcel, so that a repeat gives the same. */
export async function prepareFiling(
  deps: DeclareDeps,
  timeline: Timeline,
  { parcelId, consignment }: PlannedParcel,
): Promise<Result<Filing, { readonly field: string }>> {
  const { orderId, facts } = timeline;
  const [details, exporter, seller, broker] = await Promise.all([
    deps.details.read(orderId),
    deps.exporterAt(consignment.warehouseId),
    deps.seller(),
    deps.brokerFor(consignment.regime),
  ]);
  const declarationId = nextDeclarationId(facts, parcelId);
  const built = buildDeclaration({
    lrn: lrnOf(declarationId),
    consignment,
    exporter,
    seller,
    landedCost: placedFact(timeline).data.landedCost,
    consignee: details.shippingAddress,
    trackingNumber: trackingNumberOf(timeline, parcelId),
  });
  return built.ok ? ok({ declarationId, parcelId, broker: broker.code, declaration: built.value }) : built;
}

/** Records that the authority has the declaration, whatever happened to the order meanwhile. */
export function recordFiling(
  deps: DeclareDeps,
  orderId: string,
  { filing, answer }: { readonly filing: Filing; readonly answer: DeclarationAnswer },
  cause: Cause,
): Promise<Timeline> {
  return decideAndReport(deps, orderId, cause, (now) => decideFiling(now, filing, answer));
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

/** The id of the parcel's next declaration: a refused or withdrawn one is followed by another. */
export function nextDeclarationId(facts: Timeline['facts'], parcelId: string): string {
  const over = declarationsOf(facts).filter(
    ({ parcelId: declared, status }) =>
      declared === parcelId && (status === 'refused' || status === 'invalidated'),
  );
  return declarationIdFor(parcelId, over.length + 1);
}

function trackingNumberOf({ facts }: Timeline, parcelId: string): string {
  const booked = factsNamed(facts, 'parcel.booked').findLast(({ data }) => data.parcelId === parcelId);
  if (booked === undefined) throw new Error(`parcel ${parcelId} has no label to declare`);
  return booked.data.trackingNumber;
}
