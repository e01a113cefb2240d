import type { Fact } from '../../events/all-events.ts';
import { defined } from '../kernel/defined.ts';
import { unreachable } from '../kernel/invariant.ts';
import { mayMove } from '../kernel/transitions.ts';
import {
  closedParcels,
  type Decided,
  type Decision,
  holdOnce,
  nothing,
  orderStateOf,
  type Timeline,
} from '../timeline/index.ts';
import type { DeclarationAnswer } from './broker.ts';
import { type DeclarationState, declarationsOf, declarationTransitions } from './declaration-state.ts';

/** The facts that follow from an authority's answer, at any time, also if it is repeated. */
export function decideOnAnswer(timeline: Timeline, answer: DeclarationAnswer): Decision {
  const declaration = declarationsOf(timeline.facts).find(({ lrn }) => lrn === answer.lrn);
  return declaration === undefined ? nothing : decideOnDeclaration(timeline, declaration, answer);
}

/**
 * Like {@link decideOnAnswer}, for a declaration that the same decision may file. An answer on an order that has ended,
 * or on a closed parcel, is recorded and has no further effect.
 */
export function decideOnDeclaration(
  { orderId, facts }: Timeline,
  declaration: DeclarationState,
  answer: DeclarationAnswer,
): Decision {
  const { parcelId, broker } = declaration;
  const word = answer.authorityCode;
  if (answer.status === 'received') return nothing;
  if (answer.status === 'unrecognised') {
    return {
      facts: [],
      notices: [{ code: 'partner-word-unrecognised', detail: { orderId, parcelId, partner: broker, word } }],
    };
  }
  const reported = sequence(declaration, answer);
  if (reported === undefined) return nothing;
  const isOver = orderStateOf(facts).ended !== undefined || closedParcels(facts).has(parcelId);
  const isRefusal = answer.status === 'refused' && !isOver;
  return {
    facts: [
      { ...reported, occurredAt: answer.occurredAt },
      ...(isOver ? [] : consequencesOf(facts, answer, parcelId)),
    ],
    notices: isRefusal
      ? [{ code: 'partner-refused', detail: { orderId, parcelId, partner: broker, code: word } }]
      : [],
  };
}

type Reported = Exclude<DeclarationAnswer['status'], 'received' | 'unrecognised'>;

const reasons = { 'documents-wanted': 'documents', inspection: 'inspection', detained: 'detained' } as const;

/** The fact of the answer; undefined when the answer is out of date. */
function sequence(declaration: DeclarationState, answer: DeclarationAnswer): Decided | undefined {
  const { declarationId, parcelId, status, queries } = declaration;
  const { authorityCode, mrn } = answer;
  const data = { declarationId, parcelId, authorityCode, ...defined({ mrn }) };
  const reported = answer.status as Reported;
  switch (reported) {
    case 'accepted':
      return mayMove(declarationTransitions, status, 'accepted')
        ? { name: 'declaration.accepted', data }
        : undefined;
    case 'released':
      return mayMove(declarationTransitions, status, 'released')
        ? { name: 'declaration.released', data }
        : undefined;
    case 'documents-wanted':
    case 'inspection':
    case 'detained': {
      const reason = reasons[reported];
      const isUpdate = mayMove(declarationTransitions, status, 'queried') && !queries.includes(reason);
      return isUpdate ? { name: 'declaration.queried', data: { ...data, reason } } : undefined;
    }
    case 'refused':
      return mayMove(declarationTransitions, status, 'refused')
        ? { name: 'declaration.refused', data: { ...data, reasons: [...answer.reasons] } }
        : undefined;
    case 'invalidated':
      return mayMove(declarationTransitions, status, 'invalidated')
        ? { name: 'declaration.invalidated', data: { declarationId, parcelId } }
        : undefined;
    default:
      return unreachable(reported, 'every answer of an authority is a fact');
  }
}

function consequencesOf(facts: readonly Fact[], answer: DeclarationAnswer, parcelId: string): Decided[] {
  switch (answer.status as Reported) {
    case 'accepted':
      return [];
    case 'released':
      return [{ name: 'parcel.cleared', data: { parcelId, basis: 'declaration-released' } }];
    case 'documents-wanted':
    case 'inspection':
    case 'detained':
    case 'refused':
    case 'invalidated':
      return holdOnce(facts, `customs-${answer.status}`, parcelId);
  }
}
