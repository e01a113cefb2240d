import type { Fact } from '../../events/all-events.ts';
import { minuteMs } from '../kernel/time.ts';
import { closedParcels, orderStateOf, placedFact } from '../timeline/index.ts';
import { type Deadline, deadlineSince, lastOf, latestOf, movesOf, type Wait } from './wait.ts';

const VOIDING: Wait = { waitMs: 5 * minuteMs, step: 'voiding', waitingFor: 'the label to be voided' };
const WITHDRAWAL: Wait = {
  waitMs: 5 * minuteMs,
  step: 'withdrawal',
  waitingFor: 'the declaration to be withdrawn',
};

/**
 * The effects of a stopped order, or of a parcel that was stopped and closed, that facts name and nobody has undone:
 * labels of parcels that never left, and their declarations. Where an effect can't be undone a person was asked to
 * look, and nothing is due.
 */
export function undoDeadlines(orderId: string, facts: readonly Fact[]): Deadline[] {
  const { ended } = orderStateOf(facts);
  const isStopped = ended === 'cancelled' || ended === 'expired';
  const closed = closedParcels(facts);
  return placedFact({ orderId, facts }).data.parcels.flatMap(({ parcelId }) => {
    const moves = movesOf(facts, parcelId);
    if (lastOf(moves, 'parcel.dispatched') !== undefined) return [];
    if (!isStopped && closed.get(parcelId) !== 'stopped') return [];
    const end = isStopped
      ? lastOf(facts, 'order.cancelled', 'order.expired')
      : lastOf(moves, 'parcel.closed');
    const due = (key: string, effect: Fact | undefined, wait: Wait): Deadline[] => {
      const since = effect === undefined ? undefined : latestOf(effect, end);
      return since === undefined ? [] : [deadlineSince(since, wait, { key: `${key}:${parcelId}`, parcelId })];
    };
    const declaration = ended !== 'expired' ? openDeclaration(facts, moves, parcelId) : undefined;
    return [
      ...due('void', unusedLabel(facts, { moves, parcelId, end }), VOIDING),
      ...due('withdrawal', declaration, WITHDRAWAL),
    ];
  });
}

interface Stopped {
  readonly moves: readonly Fact[];
  readonly parcelId: string;
  readonly end: Fact | undefined;
}

/** The label that nobody has voided. A hold from before the stop was for another label of the parcel. */
function unusedLabel(facts: readonly Fact[], { moves, parcelId, end }: Stopped): Fact | undefined {
  const label = lastOf(moves, 'parcel.booked', 'parcel.label_voided');
  if (label?.name !== 'parcel.booked') return undefined;
  const since = latestOf(label, end) ?? label;
  return isWithPerson(facts, { reason: 'label-not-voided', parcelId, since }) ? undefined : label;
}

/** The latest fact of a declaration that the authority has neither refused nor invalidated. */
function openDeclaration(facts: readonly Fact[], moves: readonly Fact[], parcelId: string): Fact | undefined {
  const declaration = moves.findLast(({ name }) => name.startsWith('declaration.'));
  const filed = lastOf(moves, 'declaration.filed');
  if (declaration === undefined || filed === undefined) return undefined;
  if (declaration.name === 'declaration.refused' || declaration.name === 'declaration.invalidated')
    return undefined;
  return isWithPerson(facts, { reason: 'declaration-released', parcelId, since: filed })
    ? undefined
    : declaration;
}

/** Whether a person was asked to look at the effect, even if that person has decided since. */
function isWithPerson(
  facts: readonly Fact[],
  { reason, parcelId, since }: { readonly reason: string; readonly parcelId: string; readonly since: Fact },
): boolean {
  return facts.some(
    (fact) =>
      fact.name === 'order.held' &&
      fact.data.reason === reason &&
      fact.data.parcelId === parcelId &&
      fact.sequence > since.sequence,
  );
}
