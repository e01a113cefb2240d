import type { Behaviour } from '../../../../../infra/sandbox/faults.ts';
import type { AuthorityStep } from './answers.ts';
import { authorityOf } from './rules.ts';
import type { DeclarationRequest } from './wire.ts';

/** Finds a word in the goods descriptions that decides what the authority does. A test then needs no fault rule. */
export function readWord(request: DeclarationRequest): Behaviour | undefined {
  const descriptions = request.items.map((item) => item.description.toLowerCase()).join(' ');
  const words = ['inspection', 'documents', 'refused', 'detained'] as const;
  return words.find((word) => new RegExp(`\\b${word}\\b`).test(descriptions));
}

/** The authority's steps for a declaration. A declaration lodged before arrival (D) is first registered. */
export function courseOf(request: DeclarationRequest, behaviour: Behaviour | undefined): AuthorityStep[] {
  if (behaviour === 'refused') return ['rejected'];
  const isEarly = request.additionalDeclarationType === 'D' && authorityOf(request.dataSet) !== 'US';
  const start: AuthorityStep[] = isEarly ? ['registered', 'accepted'] : ['accepted'];
  if (behaviour === 'detained') return [...start, 'detained'];
  const control = behaviour === 'inspection' || behaviour === 'documents' ? [behaviour] : [];
  return [...start, ...control, ...releaseOf(request.dataSet)];
}

export function releaseOf(dataSet: DeclarationRequest['dataSet']): AuthorityStep[] {
  return authorityOf(dataSet) === 'GB' ? ['released', 'cleared'] : ['released'];
}
