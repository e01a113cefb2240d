/** Why a SKU, site or run can't be planned. The rest of the run goes on. */
export interface PlanningProblem {
  readonly reason:
    | 'no-lead-time'
    | 'no-forecast'
    | 'bad-figure'
    | 'no-pack'
    | 'two-packs'
    | 'other-currency'
    | 'expires-before-arrival'
    | 'limit-too-small';
  /** What it is about: the SKU, the site or the limit. */
  readonly subject: string;
  readonly detail: string;
}

/** The first named figure that is not a finite number of at least zero. */
export function badFigure(
  subject: string,
  figures: Readonly<Record<string, number | undefined>>,
): PlanningProblem | undefined {
  for (const [name, figure] of Object.entries(figures))
    if (figure !== undefined && !(Number.isFinite(figure) && figure >= 0))
      return { reason: 'bad-figure', subject, detail: `${name} is ${figure}: not a figure of at least zero` };
  return undefined;
}
