import type { SlottingMove, StorageZone, StorageZones } from './storage-zone.ts';

/** A product that lies in a zone. */
export interface PlacedSku {
  readonly sku: string;
  readonly zone: string;
  /** Picks of a day, in thousandths: of the campaign's days, where one begins soon. */
  readonly picksPerDayMilli: number;
  /** The room that it takes, in litres; above zero. */
  readonly litres: number;
  readonly campaign?: { readonly signalId: string; readonly beforeDay: string };
}

/** A step of the plan. `byMilli`: metres of a day in thousandths that it saves. */
interface Step {
  readonly moved: PlacedSku;
  readonly to: StorageZone;
  readonly savedMilli: number;
  readonly moveMetres: number;
}

/**
 * The moves of a warehouse that save most walking, by the cube-per-order index: products with the least room for a
 * pick belong nearest to the packing area. Heskett, J. L., "Cube-per-order index – a key to warehouse stock location",
 * Transportation and Distribution Management 3 (1963), 27–31. It gives the least walking where each pick is a way of
 * its own (Kallina and Lynn, Interfaces 7 (1976), 37–46).
 *
 * Products are taken by their index. One goes to the nearest zone in which there is room, or in which products with a
 * worse index can make room by going to a zone further off. The way there and back counts for each pick. The moves of a
 * product and of those that make room for it are proposed together, where they save the walking that they take within
 * `paysBackDays`. A zone never gets more than its capacity. A product moves once. Pure.
 */
export function planMoves(
  warehouseId: string,
  layout: StorageZones,
  placed: readonly PlacedSku[],
): SlottingMove[] {
  const book = new ZoneBook(layout, placed);
  const moves: SlottingMove[] = [];
  const done = new Set<string>();
  for (const candidate of placed.toSorted(byIndex)) {
    if (moves.length >= layout.movesPerDay) break;
    if (done.has(candidate.sku) || candidate.picksPerDayMilli === 0) continue;
    const steps = book.bestSteps(candidate, done);
    if (steps === undefined || moves.length + steps.length > layout.movesPerDay) continue;
    book.make(steps);
    for (const { moved, to, savedMilli, moveMetres } of steps) {
      done.add(moved.sku);
      moves.push({
        ...{ warehouseId, sku: moved.sku, from: moved.zone, to: to.zone, moveMetres },
        ...(moved === candidate
          ? reasonOf(candidate)
          : { reason: 'makes-room' as const, forSku: candidate.sku }),
        ...{ picksPerDayMilli: moved.picksPerDayMilli, litres: Math.ceil(moved.litres) },
        savedMetresPerDay: Math.round(savedMilli / 1_000),
      });
    }
  }
  return moves;
}

const reasonOf = ({ campaign }: PlacedSku) =>
  campaign === undefined ? { reason: 'picked-more' as const } : { reason: 'campaign' as const, ...campaign };

/** The most picks for a litre first; equal ones by their code, so that a plan is the same when it is repeated. */
const byIndex = (a: PlacedSku, b: PlacedSku): number =>
  b.picksPerDayMilli / b.litres - a.picksPerDayMilli / a.litres || (a.sku < b.sku ? -1 : 1);

/** What lies where while a plan is made. */
class ZoneBook {
  readonly #layout: StorageZones;
  /** The nearest zone first. */
  readonly #zones: readonly StorageZone[];
  readonly #used = new Map<string, number>();
  /** The products of a zone, those with the worst index first. */
  readonly #held = new Map<string, PlacedSku[]>();

  constructor(layout: StorageZones, placed: readonly PlacedSku[]) {
    this.#layout = layout;
    this.#zones = layout.zones.toSorted(
      (a, b) => a.distanceMetres - b.distanceMetres || (a.zone < b.zone ? -1 : 1),
    );
    for (const each of placed.toSorted((a, b) => byIndex(b, a))) {
      this.#used.set(each.zone, this.#usedIn(each.zone) + each.litres);
      const held = this.#held.get(each.zone);
      if (held === undefined) this.#held.set(each.zone, [each]);
      else held.push(each);
    }
  }

  /** The moves that bring the product nearest and pay; those that make room come first. */
  bestSteps(candidate: PlacedSku, done: ReadonlySet<string>): readonly Step[] | undefined {
    const own = this.#zones.find(({ zone }) => zone === candidate.zone);
    if (own === undefined) return undefined;
    for (const to of this.#zones) {
      if (to.distanceMetres >= own.distanceMetres) return undefined;
      const steps = this.#stepsTo(to, candidate, { own, done });
      if (steps !== undefined && this.#pays(steps)) return steps;
    }
    return undefined;
  }

  make(steps: readonly Step[]): void {
    for (const { moved, to } of steps) {
      this.#used.set(moved.zone, this.#usedIn(moved.zone) - moved.litres);
      this.#used.set(to.zone, this.#usedIn(to.zone) + moved.litres);
      const held = this.#held.get(moved.zone) ?? [];
      held.splice(held.indexOf(moved), 1);
    }
  }

  #stepsTo(
    to: StorageZone,
    candidate: PlacedSku,
    { own, done }: { readonly own: StorageZone; readonly done: ReadonlySet<string> },
  ): readonly Step[] | undefined {
    const gained = new Map([[own.zone, candidate.litres]]);
    const freeIn = ({ zone, capacityLitres }: StorageZone) =>
      capacityLitres - this.#usedIn(zone) + (gained.get(zone) ?? 0);
    const gain = (zone: string, litres: number) => gained.set(zone, (gained.get(zone) ?? 0) + litres);
    const steps: Step[] = [];
    for (const other of this.#held.get(to.zone) ?? []) {
      if (freeIn(to) >= candidate.litres) break;
      // From here on, the products belong here as much as the candidate does.
      if (byIndex(other, candidate) < 0) break;
      if (done.has(other.sku)) continue;
      const away = this.#zones.find(
        (zone) => zone.distanceMetres > to.distanceMetres && freeIn(zone) >= other.litres,
      );
      if (away === undefined) continue;
      gain(to.zone, other.litres);
      gain(away.zone, -other.litres);
      steps.push(this.#step(other, to, away));
    }
    return freeIn(to) >= candidate.litres ? [...steps, this.#step(candidate, own, to)] : undefined;
  }

  #step(moved: PlacedSku, from: StorageZone, to: StorageZone): Step {
    const carries = Math.ceil(moved.litres / this.#layout.carryLitres);
    return {
      ...{ moved, to },
      savedMilli: 2 * moved.picksPerDayMilli * (from.distanceMetres - to.distanceMetres),
      // From the packing area to the old zone, to the new one, and back: the zones lie along one way.
      moveMetres: 2 * carries * Math.max(from.distanceMetres, to.distanceMetres),
    };
  }

  #pays(steps: readonly Step[]): boolean {
    const saved = steps.reduce((sum, { savedMilli }) => sum + savedMilli, 0);
    const taken = steps.reduce((sum, { moveMetres }) => sum + moveMetres, 0);
    return saved * this.#layout.paysBackDays > taken * 1_000;
  }

  #usedIn(zone: string): number {
    return this.#used.get(zone) ?? 0;
  }
}
