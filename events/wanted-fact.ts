import type { Fact, FactName } from './all-events.ts';

type DataOf<Name extends FactName> = Fact<Name>['data'];

/** A fact, and the values that a field of its data must have. Every field that is named must have one of its values. */
type ChosenFact = {
  [Name in FactName]: {
    readonly name: Name;
    readonly where: {
      readonly [Field in keyof DataOf<Name>]?: readonly Extract<DataOf<Name>[Field], string>[];
    };
  };
}[FactName];

/** What a function waits for: every fact of a name, or some of them. */
export type WantedFact = FactName | ChosenFact;

/** The name of the fact that is waited for. */
export const nameOfWanted = (wanted: WantedFact): FactName =>
  typeof wanted === 'string' ? wanted : wanted.name;

/** Whether the fact is one that is waited for. */
export function isWanted(wanted: WantedFact, { name, data }: Pick<Fact, 'name' | 'data'>): boolean {
  if (nameOfWanted(wanted) !== name) return false;
  if (typeof wanted === 'string') return true;
  const values = new Map<string, unknown>(Object.entries(data));
  return Object.entries(wanted.where).every(([field, allowed]) =>
    allowed?.some((value) => value === values.get(field)),
  );
}
