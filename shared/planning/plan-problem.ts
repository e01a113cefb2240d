/** One way to send one consignment: a lane of the warehouse with the landed cost at the door. Whole numbers. */
export interface Offer {
  /** Minor units. */
  readonly costMinor: number;
  /** The promised instant, milliseconds since the epoch. */
  readonly latestMs: number;
  readonly carbonGrams: number;
  readonly service: string;
}

export type Minimum = Pick<Offer, 'costMinor' | 'latestMs' | 'carbonGrams'>;

/**
 * Which warehouse sends which line by which lane. Lines and warehouses are numbered by their places. A line is never
 * split over two warehouses: if none has the whole quantity, the line can't be sent.
 */
export interface PlanProblem<O extends Offer> {
  readonly lineCount: number;
  /** The country that each warehouse sends from. */
  readonly warehouses: readonly { readonly country: string }[];
  /** Whether the warehouse has the lines together. If it lacks a part, it also lacks every larger set. */
  canShip(warehouse: number, lines: readonly number[]): boolean;
  /**
   * Every way to send the lines as one consignment; empty if it can't be sent. `together`: all lines that the plan
   * sends from that warehouse's country, including these. Thresholds are tested on them, so splitting a consignment
   * gains nothing, and a plan's cost is more than the sum of independent consignments.
   */
  offers(warehouse: number, lines: readonly number[], together: readonly number[]): readonly O[];
  /**
   * Lower bounds of one consignment of the lines: cost, emissions and promise. With `together` they may be tighter;
   * without, they hold whatever else the plan sends. A bound must never be too high, because the search discards plans
   * by it. A set may cost less than a part of it: above a threshold, a tariff of 0 % replaces a flat duty per line.
   */
  min(warehouse: number, lines: readonly number[], together?: readonly number[]): Minimum;
  /**
   * The same bounds by lane, as far as known: every offer is at least its service's bound in every figure. Without it,
   * a plan by one service or by a date is bounded by lanes that it may not take.
   */
  minByLane?(warehouse: number, lines: readonly number[], together?: readonly number[]): readonly Offer[];
  /**
   * The property of one country's lines that offers depend on, such as the band of values between two thresholds: sets
   * with the same answer give any consignment the same offers. Return a number for a band of many sets, a string for a
   * property of few sets. Without this method, each set is taken to be different.
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

type Objective = 'cheapest' | 'fastest' | 'greenest';

/** A plan to search for: the best by an objective, optionally by one service only. */
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
  /** Whether it is proved to be the best; otherwise a heuristic chose it. */
  readonly isProved: boolean;
}
