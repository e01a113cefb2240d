import type { Goal, Offer, PlanProblem } from '../../shared/planning/index.ts';

/** Tries every assignment of lines to warehouses with every choice of lanes, and gives the best figure for the goal. */
export function bruteForce(
  problem: PlanProblem<Offer>,
  { objective, service }: Goal,
): readonly number[] | undefined {
  const lines = Array.from({ length: problem.lineCount }, (_, line) => line);
  let best: readonly number[] | undefined;
  const visit = (assignment: readonly number[]): void => {
    if (assignment.length < problem.lineCount) {
      for (let warehouse = 0; warehouse < problem.warehouses.length; warehouse += 1)
        visit([...assignment, warehouse]);
      return;
    }
    const country = (warehouse: number) => problem.warehouses[warehouse]?.country;
    let choices: Offer[][] = [[]];
    for (const warehouse of new Set(assignment)) {
      const own = lines.filter((line) => assignment[line] === warehouse);
      const together = lines.filter((line) => country(assignment[line] ?? -1) === country(warehouse));
      const offers = problem.canShip(warehouse, own)
        ? problem
            .offers(warehouse, own, together)
            .filter((offer) => service === undefined || offer.service === service)
        : [];
      choices = choices.flatMap((chosen) => offers.map((offer) => [...chosen, offer]));
    }
    for (const offers of choices) {
      const cost = offers.reduce((all, { costMinor }) => all + costMinor, 0);
      const carbon = offers.reduce((all, { carbonGrams }) => all + carbonGrams, 0);
      const latest = Math.max(...offers.map(({ latestMs }) => latestMs));
      const figures =
        objective === 'cheapest' ? [cost] : objective === 'greenest' ? [carbon, cost] : [latest, cost];
      if (best === undefined || isLess(figures, best)) best = figures;
    }
  };
  visit([]);
  return best;
}

function isLess(a: readonly number[], b: readonly number[]): boolean {
  const index = a.findIndex((figure, place) => figure !== b[place]);
  return index >= 0 && (a[index] ?? 0) < (b[index] ?? 0);
}
