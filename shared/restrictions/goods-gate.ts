import type { CalendarDate } from '../kernel/time.ts';
import type { RestrictedProduct } from './attributes.ts';
import { builtinRestrictions } from './builtin.ts';
import { findingsOf } from './check-goods.ts';
import { blockedBy, type RestrictionFinding } from './finding.ts';
import { meansGoods } from './goods-match.ts';
import type { GoodsRegistrations } from './registrations.ts';
import type { RestrictionBook } from './restriction-book.ts';
import type { Restriction } from './schema.ts';
import { isWithin, type RestrictedPlace, type Transport } from './transport.ts';

/**
 * The restrictions for one destination, date and seller. Each product and way is checked once and then answered from
 * memory.
 */
export interface GoodsGate {
  /** All findings, including satisfied ones and advice. */
  check(product: RestrictedProduct, transport?: Transport): readonly RestrictionFinding[];
  /** The findings that stop the product on that way; without a way, those that stop it on every way. */
  obstacles(product: RestrictedProduct, transport?: Transport): readonly RestrictionFinding[];
  /** Whether that way may carry the product there. A way that may not is never offered. */
  admits(product: RestrictedProduct, transport: Transport): boolean;
}

interface Answer {
  readonly findings: readonly RestrictionFinding[];
  readonly obstacles: readonly RestrictionFinding[];
}

export function createGoodsGate(question: {
  readonly destination: RestrictedPlace;
  readonly date: CalendarDate;
  readonly seller?: GoodsRegistrations | undefined;
  readonly restrictions?: RestrictionBook | undefined;
}): GoodsGate {
  const { destination, date, restrictions = builtinRestrictions } = question;
  const rows = restrictions.rowsFor(destination.country, date).filter((row) => isWithin(row, destination));
  const meant = new Map<RestrictedProduct, readonly Restriction[]>();
  const answers = new Map<RestrictedProduct, Map<string, Answer>>();
  const keys = new Map<Transport, string>();

  const rowsOf = (product: RestrictedProduct) => {
    let own = meant.get(product);
    if (own === undefined) {
      own = rows.filter((row) => meansGoods(row, product, restrictions.kinds));
      meant.set(product, own);
    }
    return own;
  };
  const keyFor = (transport: Transport) => {
    let key = keys.get(transport);
    if (key === undefined) {
      key = keyOf(transport);
      keys.set(transport, key);
    }
    return key;
  };
  const answer = (product: RestrictedProduct, transport: Transport | undefined): Answer => {
    const key = transport === undefined ? '' : keyFor(transport);
    let own = answers.get(product);
    if (own === undefined) {
      own = new Map();
      answers.set(product, own);
    }
    let known = own.get(key);
    if (known === undefined) {
      const findings = findingsOf(rowsOf(product), { ...question, product, transport });
      known = { findings, obstacles: blockedBy(findings) };
      own.set(key, known);
    }
    return known;
  };
  return {
    check: (product, transport) => answer(product, transport).findings,
    obstacles: (product, transport) => answer(product, transport).obstacles,
    admits: (product, transport) => answer(product, transport).obstacles.length === 0,
  };
}

/**
 * The findings that stop the product on the best of those ways: none if one admits it, otherwise those of the way with
 * the fewest, first those that apply to every way. Without ways, only restrictions that apply to every way count.
 */
export function obstaclesOn(
  gate: GoodsGate,
  product: RestrictedProduct,
  ways: readonly Transport[],
): readonly RestrictionFinding[] {
  let fewest: readonly RestrictionFinding[] | undefined;
  for (const way of ways) {
    const obstacles = gate.obstacles(product, way);
    if (obstacles.length === 0) return obstacles;
    if (fewest === undefined || obstacles.length < fewest.length) fewest = obstacles;
  }
  return fewest ?? gate.obstacles(product);
}

const keyOf = ({ shipFrom, modes, channel, services }: Transport) =>
  `${shipFrom} ${modes.join('+')} ${channel} ${services.join('+')}`;
