/** One way to send one consignment: a lane of the warehouse with what it costs whole at the door. Whole numbers. */
export interface Offer {
  /** Minor units. */
  readonly costMinor: number;
  /** By when it is promised, milliseconds since the epoch. */
  readonly latestMs: number;
  readonly carbonGrams: number;
  readonly service: string;
}

export type Minimum = Pick<Offer, 'costMinor' | 'latestMs' | 'carbonGrams'>;

/**
 * Which warehouse sends which line by which lane: lines and warehouses by their places. A line is never split over
 * two warehouses: where none has the whole quantity, the line can't be sent.
 */
export interface PlanProblem<O extends Offer> {
  readonly lineCount: number;
  /** The country that each warehouse sends from. */
  readonly warehouses: readonly { readonly country: string }[];
  /** Whether the warehouse has the lines together. What it can't send as a part it can't in a larger set. */
  canShip(warehouse: number, lines: readonly number[]): boolean;
  /**
   * Every way to send the lines as one consignment; none when it can't be. `together`: all lines that the plan sends
   * from that warehouse's country, these included: thresholds are tested on them, so that nothing is gained by
   * splitting a consignment, and a plan's cost is no sum over its consignments alone.
   */
  offers(warehouse: number, lines: readonly number[], together: readonly number[]): readonly O[];
  /**
   * What one consignment of the lines costs and emits at least, and the earliest promise. With `together` it may be
   * closer; without, it holds whatever else the plan sends. It prunes, so that none may ever be too high. A set may
   * cost less than a part of it: a tariff of 0 % above a threshold takes the place of a flat duty a line below.
   */
  min(warehouse: number, lines: readonly number[], together?: readonly number[]): Minimum;
  /**
   * The same by lane, as far as it is known: every offer has a bound of its service that it is better than in
   * nothing. Without it, a plan by one service or by a date is bounded by the lanes that it may not take.
   */
  minByLane?(warehouse: number, lines: readonly number[], together?: readonly number[]): readonly Offer[];
  /**
   * What about the lines that one country sends matters to offers, like the band of values between two thresholds:
   * sets with the same answer give any consignment the same offers. A number for a band that many sets are in, a
   * string for what few sets have in common. Without it, each set is taken to be different.
   */
  bandOf?(country: string, together: readonly number[]): string | number;
}

export interface FoundShipment<O extends Offer> {
  readonly warehouse: number;
  readonly lines: readonly number[];
  /** All lines of the plan from that country. */
  readonly together: readonly number[];
  readonly offer: O;
}

export type Objective = 'cheapest' | 'fastest' | 'greenest';

/** A plan that is wanted: the best by an objective, by one service alone where one is named. */
export interface Goal {
  readonly objective: Objective;
  readonly service?: string | undefined;
}

export interface FoundPlan<O extends Offer> {
  readonly goal: Goal;
  /** By the places of their warehouses. */
  readonly shipments: readonly FoundShipment<O>[];
  readonly costMinor: number;
  readonly latestMs: number;
  readonly carbonGrams: number;
  /** Whether it is proved to be the best; a heuristic chose it otherwise. */
  readonly isProved: boolean;
}
