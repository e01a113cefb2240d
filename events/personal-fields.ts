import type { Fact, FactName } from './all-events.ts';

/** A field of a fact that describes a person, by its path in the data; `*` stands for each item of a list. */
interface PersonalField {
  readonly path: string;
  /** The field is personal only where its text is not of this form: free text in the place of a code. */
  readonly unless?: RegExp;
  /** A coarser form that stays with the fact, and the name of its field beside the personal one. */
  readonly coarse?: { readonly name: string; readonly of: (value: string) => string };
}

/** How much of a postal code stays: it shows the territory and the tax that was due, and never a street. */
const POSTAL_AREA_LENGTH = 2;

/** A part of a country by its code. Anything else may be a name that somebody typed. */
const REGION_CODE = /^[A-Z0-9]{1,3}$/;
/** What a carrier writes in the place of a country may be anything. */
const COUNTRY_CODE = /^[A-Z]{2}$/;

/**
 * Every field of a fact that is kept apart from it: an event never has it, and the erasure of an order removes it. The
 * customer and the addresses are in no fact at all.
 */
export const personalFields: Partial<Record<FactName, readonly PersonalField[]>> = {
  'order.placed': [
    {
      path: 'landedCost/destination/postalCode',
      coarse: { name: 'postalArea', of: (code) => code.slice(0, POSTAL_AREA_LENGTH) },
    },
    { path: 'landedCost/destination/region', unless: REGION_CODE },
  ],
  // The link leads to a picture of the consignee's address.
  'parcel.booked': [{ path: 'labelUrl' }, { path: 'pieces/*/labelUrl' }],
  // The last scans are made in the consignee's town.
  'parcel.scanned': [{ path: 'place/city' }, { path: 'place/country', unless: COUNTRY_CODE }],
};

/** A personal value with the number of its fact and its place in the fact's data. */
export type PersonalValue = readonly [sequence: number, path: string, value: string];

type Data = Record<string, unknown>;

/**
 * The facts as events and reports may have them, and what was taken out of them. {@link withPersonal} puts it back.
 * The given facts stay as they are.
 */
export function withoutPersonal(facts: readonly Fact[]): {
  readonly facts: readonly Fact[];
  readonly personal: readonly PersonalValue[];
} {
  const personal: PersonalValue[] = [];
  const open = facts.map((fact) => {
    const fields = personalFields[fact.name];
    if (fields === undefined) return fact;
    const data = copiedFor(fact.data, fields);
    for (const field of fields) {
      for (const { holder, name, path } of placesOf(data, field.path)) {
        const value = holder[name];
        if (typeof value !== 'string' || field.unless?.test(value) === true) continue;
        personal.push([fact.sequence, path, value]);
        delete holder[name];
        if (field.coarse !== undefined) holder[field.coarse.name] = field.coarse.of(value);
      }
    }
    return { ...fact, data } as Fact;
  });
  return { facts: open, personal };
}

/** The facts with the values that {@link withoutPersonal} took out of them. The given facts stay as they are. */
export function withPersonal(facts: readonly Fact[], personal: readonly PersonalValue[]): readonly Fact[] {
  if (personal.length === 0) return facts;
  return facts.map((fact) => {
    const own = personal.filter(([sequence]) => sequence === fact.sequence);
    if (own.length === 0) return fact;
    const data = copiedFor(fact.data, personalFields[fact.name] ?? []);
    for (const [, path, value] of own) {
      const [place] = placesOf(data, path);
      if (place === undefined) throw new Error(`fact ${fact.sequence} has no place for a personal value`);
      place.holder[place.name] = value;
    }
    for (const { path, coarse } of personalFields[fact.name] ?? []) {
      if (coarse === undefined) continue;
      for (const { holder } of placesOf(data, path)) delete holder[coarse.name];
    }
    return { ...fact, data } as Fact;
  });
}

/** The data, with copies of everything on the way to the fields: only these parts are changed. */
function copiedFor(data: Fact['data'], fields: readonly PersonalField[]): Data {
  return fields.reduce((copy, { path }) => copied(copy, path.split('/')) as Data, { ...data } as Data);
}

function copied(value: unknown, [part, ...rest]: readonly string[]): unknown {
  if (part === undefined || !isData(value)) return value;
  if (Array.isArray(value)) return part === '*' ? value.map((item) => copied(item, rest)) : value;
  return part in value ? { ...value, [part]: copied(value[part], rest) } : value;
}

interface Place {
  readonly holder: Data;
  readonly name: string;
  readonly path: string;
}

/** The places in the data to which a path leads; none where a part of the path is absent. */
function placesOf(data: Data, path: string): Place[] {
  const parts = path.split('/');
  const name = parts.at(-1) ?? '';
  let holders: { readonly holder: unknown; readonly path: string }[] = [{ holder: data, path: '' }];
  for (const part of parts.slice(0, -1)) {
    holders = holders.flatMap(({ holder, path: above }) => {
      if (part === '*' && Array.isArray(holder))
        return holder.map((item: unknown, index) => ({ holder: item, path: `${above}${index}/` }));
      const inner = isData(holder) ? holder[part] : undefined;
      return inner === undefined ? [] : [{ holder: inner, path: `${above}${part}/` }];
    });
  }
  return holders.flatMap(({ holder, path: above }) =>
    isData(holder) ? [{ holder, name, path: `${above}${name}` }] : [],
  );
}

const isData = (value: unknown): value is Data => typeof value === 'object' && value !== null;
