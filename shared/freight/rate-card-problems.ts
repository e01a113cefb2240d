import type { RateCard } from './rate-card-form.ts';

export interface CardProblem {
  readonly path: (string | number)[];
  readonly message: string;
}

/** Errors of a rate card that concern several fields, each with the field that caused it. */
export function rateCardProblems(card: RateCard): CardProblem[] {
  return [
    ...(card.validTo !== undefined && card.validTo < card.validFrom
      ? [{ path: ['validTo'], message: `before validFrom, ${card.validFrom}` }]
      : []),
    ...card.zones.flatMap((zone, index) => breakProblems(zone, ['zones', index])),
    ...placeProblems(card),
    ...surchargeProblems(card),
    ...periodProblems(card.fuel, ['fuel'], 'from'),
    ...remoteProblems(card),
  ];
}

function breakProblems(
  { weightBreaks }: RateCard['zones'][number],
  zone: CardProblem['path'],
): CardProblem[] {
  return weightBreaks.flatMap(({ upToGrams }, index) => {
    const before = weightBreaks[index - 1];
    return before === undefined || upToGrams > before.upToGrams
      ? []
      : [
          {
            path: [...zone, 'weightBreaks', index, 'upToGrams'],
            message: `weight breaks overlap: more than ${before.upToGrams}, the break before`,
          },
        ];
  });
}

function placeProblems({ zones }: RateCard): CardProblem[] {
  const problems: CardProblem[] = [];
  const taken = new Map<string, string>();
  const names = new Set<string>();
  const take = (place: string, zone: string, path: CardProblem['path']) => {
    const other = taken.get(place);
    if (other === undefined) taken.set(place, zone);
    else problems.push({ path, message: `${place} is in zone ${other} already` });
  };
  for (const [index, { zone, places }] of zones.entries()) {
    if (names.has(zone)) problems.push({ path: ['zones', index, 'zone'], message: 'two zones of this name' });
    names.add(zone);
    if (places === undefined) take('every other place', zone, ['zones', index, 'places']);
    for (const [at, { country, postalPrefixes }] of (places ?? []).entries()) {
      const path = ['zones', index, 'places', at];
      if (postalPrefixes === undefined) take(country, zone, [...path, 'country']);
      for (const [nth, prefix] of (postalPrefixes ?? []).entries())
        take(`${country} ${prefix}`, zone, [...path, 'postalPrefixes', nth]);
    }
  }
  return problems;
}

function surchargeProblems({ surcharges }: RateCard): CardProblem[] {
  return surcharges.flatMap((surcharge, index): CardProblem[] => {
    const path = ['surcharges', index];
    const { amountMinor, percent, code, when } = surcharge;
    const { from, to, oversize } = when;
    const problems: CardProblem[] = [];
    if ((amountMinor === undefined) === (percent === undefined))
      problems.push({ path: [...path, 'amountMinor'], message: 'either amountMinor or percent' });
    if (from !== undefined && to !== undefined && to < from)
      problems.push({ path: [...path, 'when', 'to'], message: `before from, ${from}` });
    if (oversize !== undefined && Object.values(oversize).every((limit) => limit === undefined))
      problems.push({ path: [...path, 'when', 'oversize'], message: 'says over which size or weight' });
    if (['freight', 'fuel', 'remote-area'].includes(code))
      problems.push({ path: [...path, 'code'], message: `${code} names another part of the freight` });
    return problems;
  });
}

/** Dated rows that must not overlap: each begins after the one before has ended. */
export function periodProblems(
  rows: readonly { readonly from: string; readonly to?: string | undefined }[],
  path: CardProblem['path'],
  field: string,
): CardProblem[] {
  return rows.flatMap(({ from, to }, index): CardProblem[] => {
    const clash = rows.findIndex(
      (other, at) =>
        at < index && (other.to === undefined || other.to >= from) && (to === undefined || to >= other.from),
    );
    const problems: CardProblem[] = [];
    if (to !== undefined && to < from)
      problems.push({
        path: [...path, index, field === 'from' ? 'to' : 'validTo'],
        message: `before ${from}`,
      });
    if (clash >= 0)
      problems.push({ path: [...path, index, field], message: `overlaps with the period of row ${clash}` });
    return problems;
  });
}

function remoteProblems({ remoteAreas }: RateCard): CardProblem[] {
  return remoteAreas.flatMap(({ postalCodes }, area) =>
    postalCodes.flatMap(({ from, to }, index): CardProblem[] => {
      const path = ['remoteAreas', area, 'postalCodes', index, 'to'];
      if (from.length !== to.length) return [{ path, message: `as long as from, ${from}` }];
      return to < from ? [{ path, message: `before from, ${from}` }] : [];
    }),
  );
}
