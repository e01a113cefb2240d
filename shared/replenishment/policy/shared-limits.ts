/** A limit that several lines share: money, weight, units of a day. In the measure of the lines' uses. */
export interface SharedLimit {
  readonly name: string;
  /** Zero at least. */
  readonly capacity: number;
}

/** A line that competes for limits. */
export interface CompetingLine {
  readonly units: number;
  readonly unitsPerCase: number;
  readonly minimumUnits: number;
  /** What one sold unit brings, in one measure for all lines. */
  readonly unitMargin: number;
  /** The units of the first n that are sold before the next order, expected: concave in n. */
  expectedSold(units: number): number;
  readonly uses: readonly { readonly limit: SharedLimit; readonly perUnit: number }[];
}

/** A line with what the limits leave of it, and the limits that it was cut for. */
export interface SharedOut<Line extends CompetingLine> {
  readonly line: Line;
  readonly units: number;
  readonly cutFor: readonly SharedLimit[];
}

interface State<Line> {
  readonly line: Line;
  units: number;
  readonly cutFor: Set<SharedLimit>;
}

/** What is left of each limit; below zero where it is exceeded. */
type Room = Map<SharedLimit, number>;

/**
 * The lines within all limits. While a limit is exceeded, the case, or the line at its minimum, that is worth least for
 * what it uses is cut: its expected margin by its shares of the exceeded limits (the rule of Y. Toyoda, "A Simplified
 * Algorithm for Obtaining Approximate Solutions to Zero-One Programming Problems", Management Science 21(12), 1975). A
 * line that comes below its minimum goes whole. Then cases that still fit come back, the most valuable first. A
 * heuristic: with one limit and cases of one size it is exact. Equal lines are cut from the last one. Pure.
 */
export function shareOut<Line extends CompetingLine>(lines: readonly Line[]): SharedOut<Line>[] {
  const states = lines.map((line): State<Line> => ({ line, units: line.units, cutFor: new Set() }));
  const room: Room = new Map();
  for (const { line, units } of states)
    for (const { limit, perUnit } of line.uses)
      room.set(limit, (room.get(limit) ?? limit.capacity) - perUnit * units);
  cutLeastWorth(states, room);
  giveBack(states, room);
  return states.map(({ line, units, cutFor }) => ({
    line,
    units,
    cutFor: units === line.units ? [] : [...cutFor],
  }));
}

function setUnits({ line, units }: State<CompetingLine>, to: number, room: Room): void {
  for (const { limit, perUnit } of line.uses)
    room.set(limit, (room.get(limit) ?? 0) + perUnit * (units - to));
}

/** The expected margin of the units between two quantities, for each part of the limits that they use. */
function worthOf(
  line: CompetingLine,
  [from, to]: readonly [number, number],
  counts: (limit: SharedLimit) => boolean,
): number {
  let shares = 0;
  for (const { limit, perUnit } of line.uses)
    if (counts(limit)) shares += (perUnit * (to - from)) / Math.max(1, limit.capacity);
  const sold = line.expectedSold(to) - line.expectedSold(from);
  return shares === 0 ? Number.POSITIVE_INFINITY : (line.unitMargin * sold) / shares;
}

/** What is left of a line after one cut: a case less, or nothing below its minimum. */
function afterCut({ line, units }: State<CompetingLine>): number {
  const left = units - Math.min(units, line.unitsPerCase);
  return left < line.minimumUnits ? 0 : left;
}

/**
 * Cuts until no limit is exceeded. The worth of a line's next cut never falls: fewer limits are exceeded with each cut,
 * and the first units are worth most. So the least one of before is still the least if its worth is the same.
 */
function cutLeastWorth(states: readonly State<CompetingLine>[], room: Room): void {
  const isExceeded = (limit: SharedLimit) => (room.get(limit) ?? 0) < 0;
  const worth = (state: State<CompetingLine>) =>
    worthOf(state.line, [afterCut(state), state.units], isExceeded);
  const heap = new Heap((a, b) => a.worth - b.worth || b.place - a.place);
  const isInTheWay = ({ line, units }: State<CompetingLine>) =>
    units > 0 && line.uses.some(({ limit, perUnit }) => perUnit > 0 && isExceeded(limit));
  for (const [place, state] of states.entries())
    if (isInTheWay(state)) heap.push({ place, worth: worth(state) });
  for (let least = heap.pop(); least !== undefined; least = heap.pop()) {
    const state = states[least.place];
    if (state === undefined || !isInTheWay(state)) continue;
    const now = worth(state);
    if (now > least.worth) {
      heap.push({ place: least.place, worth: now });
      continue;
    }
    for (const { limit, perUnit } of state.line.uses)
      if (perUnit > 0 && isExceeded(limit)) state.cutFor.add(limit);
    const left = afterCut(state);
    setUnits(state, left, room);
    state.units = left;
    if (isInTheWay(state)) heap.push({ place: least.place, worth: worth(state) });
  }
}

/** Gives back what fits. The worth of a line's next case never rises, and what does not fit now never will. */
function giveBack(states: readonly State<CompetingLine>[], room: Room): void {
  const worth = (state: State<CompetingLine>) =>
    worthOf(state.line, [state.units, nextStep(state)], () => true);
  const heap = new Heap((a, b) => b.worth - a.worth || a.place - b.place);
  const offer = (place: number, state: State<CompetingLine>) => {
    if (nextStep(state) > state.units) heap.push({ place, worth: worth(state) });
  };
  for (const [place, state] of states.entries()) offer(place, state);
  for (let best = heap.pop(); best !== undefined; best = heap.pop()) {
    const state = states[best.place];
    if (state === undefined) continue;
    const units = nextStep(state);
    const fits = state.line.uses.every(
      ({ limit, perUnit }) => perUnit * (units - state.units) <= (room.get(limit) ?? 0),
    );
    if (!fits) continue;
    setUnits(state, units, room);
    state.units = units;
    offer(best.place, state);
  }
}

const nextStep = ({ line, units }: State<CompetingLine>): number =>
  Math.min(
    line.units,
    units === 0 ? Math.max(line.minimumUnits, line.unitsPerCase) : units + line.unitsPerCase,
  );

interface Entry {
  readonly place: number;
  readonly worth: number;
}

/** A binary heap: the first entry by the order comes out first. */
class Heap {
  readonly #entries: Entry[] = [];
  readonly #order: (a: Entry, b: Entry) => number;

  constructor(order: (a: Entry, b: Entry) => number) {
    this.#order = order;
  }

  push(entry: Entry): void {
    const entries = this.#entries;
    let at = entries.push(entry) - 1;
    while (at > 0) {
      const above = (at - 1) >> 1;
      if (!this.#isBefore(at, above)) return;
      this.#swap(at, above);
      at = above;
    }
  }

  pop(): Entry | undefined {
    const entries = this.#entries;
    const [first] = entries;
    const last = entries.pop();
    if (first === undefined || last === undefined || entries.length === 0) return first;
    entries[0] = last;
    let at = 0;
    for (;;) {
      const [left, right] = [2 * at + 1, 2 * at + 2];
      let next = at;
      if (left < entries.length && this.#isBefore(left, next)) next = left;
      if (right < entries.length && this.#isBefore(right, next)) next = right;
      if (next === at) return first;
      this.#swap(at, next);
      at = next;
    }
  }

  #isBefore(a: number, b: number): boolean {
    return this.#order(this.#entries[a] as Entry, this.#entries[b] as Entry) < 0;
  }

  #swap(a: number, b: number): void {
    const entries = this.#entries;
    [entries[a], entries[b]] = [entries[b] as Entry, entries[a] as Entry];
  }
}
