import type { Fact } from '../../events/all-events.ts';
import { defineTransitions, mayMove } from '../kernel/transitions.ts';

export type DeclarationStatus = 'filed' | 'accepted' | 'queried' | 'released' | 'refused' | 'invalidated';

/**
 * The legal transitions of a declaration on the authority's answers. An acceptance after a query or a release is out of
 * date. A release, a refusal and an invalidation are final.
 */
export const declarationTransitions = defineTransitions<DeclarationStatus>('filed', {
  filed: ['accepted', 'queried', 'released', 'refused', 'invalidated'],
  accepted: ['queried', 'released', 'refused', 'invalidated'],
  queried: ['queried', 'released', 'refused', 'invalidated'],
  released: [],
  refused: [],
  invalidated: [],
});

/** One declaration of a parcel, computed from the order's facts. */
export interface DeclarationState {
  readonly declarationId: string;
  readonly parcelId: string;
  readonly broker: string;
  readonly lrn: string;
  readonly status: DeclarationStatus;
  /** The authority's queries so far. */
  readonly queries: readonly string[];
  /** The number of the fact that set its status. */
  readonly sequence: number;
}

type DeclarationFact = Extract<Fact, { name: `declaration.${string}` }>;

/** Every declaration of the order, oldest first. */
export function declarationsOf(facts: readonly Fact[]): DeclarationState[] {
  const declarations = new Map<string, DeclarationState>();
  for (const fact of facts.filter(isDeclarationFact)) {
    const { declarationId, parcelId } = fact.data;
    if (fact.name === 'declaration.filed') {
      const { broker, lrn } = fact.data;
      const sequence = fact.sequence;
      declarations.set(declarationId, {
        declarationId,
        parcelId,
        broker,
        lrn,
        sequence,
        status: 'filed',
        queries: [],
      });
      continue;
    }
    const before = declarations.get(declarationId);
    if (before === undefined) throw new Error(`declaration ${declarationId} was never filed`);
    declarations.set(declarationId, evolve(before, fact));
  }
  return [...declarations.values()];
}

function isDeclarationFact(fact: Fact): fact is DeclarationFact {
  return fact.name.startsWith('declaration.');
}

function evolve(
  before: DeclarationState,
  fact: Exclude<DeclarationFact, { name: 'declaration.filed' }>,
): DeclarationState {
  const status = fact.name.slice('declaration.'.length) as DeclarationStatus;
  if (!mayMove(declarationTransitions, before.status, status))
    throw new Error(`declaration ${before.declarationId} can't go from ${before.status} to ${status}`);
  const queries =
    fact.name === 'declaration.queried' ? [...before.queries, fact.data.reason] : before.queries;
  return { ...before, status, queries, sequence: fact.sequence };
}
