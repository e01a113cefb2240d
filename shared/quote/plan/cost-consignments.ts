import type { Charge, PlannedConsignment } from '../../../events/landed-cost.ts';
import { serves, type Warehouse } from '../../catalogue/index.ts';
import type { Assessed, NotAssessable } from '../../duties/index.ts';
import {
  type Lane,
  lanesTo,
  type ShippedConsignment,
  shipConsignment,
  storedCarbon,
} from '../../freight/index.ts';
import { defined } from '../../kernel/defined.ts';
import { add, fromJson, type Money, subtract, sum, toJson } from '../../kernel/money.ts';
import type { BasketLine } from '../basket.ts';
import type { CostingContext } from '../pricing-input.ts';
import { NoRate } from '../quote-rates.ts';
import { asBlocker, type Blocker, type Stop } from './blocker.ts';
import { freightCharges, freightOf } from './freight.ts';
import { asQuoted, goodsCharge } from './goods-charge.ts';
import { packagesOf } from './packages.ts';
import { sentFromOf } from './sent-from.ts';

/** Goods that a plan sends together, with the inputs of their cost. */
export interface ConsignmentToExplain {
  readonly offer: ConsignmentOffer;
  /** By their places in the basket. */
  readonly lines: readonly number[];
  /** All lines that the plan sends from that country: thresholds are tested on them. */
  readonly together: readonly number[];
  readonly consignmentId: string;
  readonly slotCharge?: Charge | undefined;
}

/**
 * One consignment by one lane with its landed cost at the door. The price of the goods is left out because it is the
 * same for every plan.
 */
export interface ConsignmentOffer {
  readonly service: string;
  /** Freight, duty, tax and fees in minor units of the shopper's currency, whoever pays them. */
  readonly costMinor: number;
  /** The promised instant, milliseconds since the epoch. */
  readonly latestMs: number;
  readonly carbonGrams: number;
  readonly warehouse: Warehouse;
  readonly lane: Lane;
  readonly shipped: ShippedConsignment;
}

type Sent = Pick<ConsignmentToExplain, 'lines' | 'together'>;

interface ToAssess extends Sent {
  readonly freight: Money;
  readonly explain: boolean;
  readonly forListedPrice?: boolean;
}

/** Costs the consignments of one basket. Each way to send a set of its lines is packed and shipped once. */
export class ConsignmentCosting {
  readonly #context: CostingContext;
  readonly #lines: readonly BasketLine[];
  readonly #shipped = new Map<string, ShippedConsignment | Stop>();
  readonly #lanes = new Map<Warehouse, readonly Lane[]>();

  constructor(context: CostingContext, lines: readonly BasketLine[]) {
    this.#context = context;
    this.#lines = lines;
  }

  /**
   * Every way in which the warehouse can send those lines, by their places in the basket. `together` are all lines
   * that the plan sends from that country: thresholds are tested on them.
   */
  offers(warehouse: Warehouse, lines: readonly number[], together: readonly number[]): ConsignmentOffer[] {
    return this.lanesOf(warehouse).flatMap((lane) => {
      const offer = this.#offer(warehouse, lane, { lines, together });
      return 'step' in offer ? [] : [offer];
    });
  }

  /**
   * The check that each lane of the warehouse fails for those lines, optionally for one service; undefined if one lane
   * takes them. A missing rate is a failed check.
   */
  stops(
    warehouse: Warehouse,
    lines: readonly number[],
    together: readonly number[],
  ): readonly Stop[] | undefined {
    const { service } = this.#context.request;
    const stops: Stop[] = [];
    for (const lane of this.#lanesThere(warehouse)) {
      if (service !== undefined && lane.service !== service) continue;
      const stop = this.#stopOn(warehouse, lane, { lines, together });
      if (stop === undefined) return undefined;
      stops.push(stop);
    }
    return stops;
  }

  #stopOn(warehouse: Warehouse, lane: Lane, it: Sent): Stop | undefined {
    const noRate = this.#missingRate(lane);
    if (noRate !== undefined) return { step: 'rate', blocker: asBlocker(noRate) };
    const offer = this.#offer(warehouse, lane, it);
    return 'step' in offer ? offer : undefined;
  }

  #offer(warehouse: Warehouse, lane: Lane, it: Sent): ConsignmentOffer | Stop {
    const shipped = this.#ship(warehouse, lane, it.lines);
    if ('step' in shipped) return shipped;
    const freight = freightOf(shipped, this.#context.rates, this.#context.request.currency);
    const assessed = this.#assess(warehouse, lane, { ...it, freight, explain: false });
    if ('reason' in assessed) return { step: 'duty', blocker: assessed };
    const due = assessed.charges.reduce((all, { amount }) => all + amount.amount, 0);
    return {
      service: lane.service,
      costMinor: freight.amountMinor + due,
      latestMs: Date.parse(shipped.promise.latest),
      carbonGrams: shipped.carbonGrams,
      warehouse,
      lane,
      shipped,
    };
  }

  /** The duty, tax and fees of the consignment of an offer, with the parts of them that are tax on the goods. */
  taxed({
    offer: { warehouse, lane, shipped },
    lines,
    together,
    slotCharge,
  }: Omit<ConsignmentToExplain, 'consignmentId'>): Assessed | Blocker {
    const freight = this.#transport(shipped, slotCharge);
    const it = { lines, together, freight, explain: false, forListedPrice: true };
    return this.#assess(warehouse, lane, it);
  }

  #transport(shipped: ShippedConsignment, slotCharge: Charge | undefined): Money {
    const { rates, request } = this.#context;
    const freight = freightOf(shipped, rates, request.currency);
    return slotCharge === undefined ? freight : add(freight, fromJson(slotCharge.amount));
  }

  /**
   * The consignment of an offer with every figure explained. The surcharge of a delivery slot is assessed as freight;
   * the search leaves it out because it is the same for every plan.
   */
  consignment({
    offer: { warehouse, lane, shipped },
    lines,
    together,
    consignmentId,
    slotCharge,
  }: ConsignmentToExplain): PlannedConsignment | Blocker {
    const { regime, rates, request } = this.#context;
    const transport = this.#transport(shipped, slotCharge);
    const assessed = this.#assess(warehouse, lane, { lines, together, freight: transport, explain: true });
    if ('reason' in assessed) return assessed;
    const own = this.#at(lines);
    const { scheme, dataSet, deMinimis, charges, declaredCodes } = assessed;
    return {
      consignmentId,
      warehouseId: warehouse.warehouseId,
      ...(lane.via === undefined ? {} : { via: lane.via.map(({ to }) => to.warehouseId) }),
      shipFrom: warehouse.address.country,
      carrier: lane.carrier,
      service: lane.service,
      lines: own.map(({ toAssess }) => asQuoted(toAssess, declaredCodes)),
      regime: regime.code,
      scheme,
      ...defined({ dataSet }),
      deMinimis: [...deMinimis],
      charges: [
        ...own.map(goodsCharge),
        ...freightCharges(shipped, lane, own, { rates, currency: request.currency }),
        ...(slotCharge === undefined ? [] : [slotCharge]),
        ...charges,
      ],
      promise: { earliest: shipped.promise.earliest, latest: shipped.promise.latest },
      ...defined({ sentFrom: sentFromOf(own, warehouse, this.#context.now) }),
      ...(warehouse.capacity === undefined ? {} : { workDay: shipped.workDay }),
      freight: toJson(shipped.freight),
      packages: packagesOf(shipped),
      carbonGrams: shipped.carbonGrams,
      carbon: storedCarbon(shipped.carbon, shipped.grossWeightGrams),
    };
  }

  /**
   * The lanes of a warehouse to the destination whose freight can be converted to the shopper's currency; empty if the
   * warehouse doesn't serve it.
   */
  lanesOf(warehouse: Warehouse): readonly Lane[] {
    let lanes = this.#lanes.get(warehouse);
    if (lanes === undefined) {
      lanes = this.#lanesThere(warehouse).filter((lane) => this.#missingRate(lane) === undefined);
      this.#lanes.set(warehouse, lanes);
    }
    return lanes;
  }

  #lanesThere(warehouse: Warehouse): readonly Lane[] {
    const { country } = this.#context.request.destination;
    return serves(warehouse, country) ? lanesTo(warehouse.lanes, country) : [];
  }

  #missingRate({ rateCards, via = [] }: Lane): NoRate | undefined {
    const { rates, request, date } = this.#context;
    const cards = rateCards.filter(({ validTo }) => validTo === undefined || validTo >= date);
    const currencies = [...cards, ...via.flatMap(({ transferRate }) => transferRate ?? [])].map(
      ({ currency }) => currency,
    );
    const missing = currencies.find((currency) => !rates.canConvert(currency, request.currency));
    return missing === undefined ? undefined : rates.noRate(missing, request.currency);
  }

  #ship(warehouse: Warehouse, lane: Lane, lines: readonly number[]): ShippedConsignment | Stop {
    const key = `${warehouse.warehouseId} ${warehouse.lanes.indexOf(lane)} ${lines.join(',')}`;
    const known = this.#shipped.get(key);
    if (known !== undefined) return known;
    const own = this.#at(lines);
    const shipped = this.#barOn(warehouse, lane, own) ?? this.#pack(warehouse, lane, own);
    this.#shipped.set(key, shipped);
    return shipped;
  }

  #barOn(warehouse: Warehouse, lane: Lane, lines: readonly BasketLine[]): Stop | undefined {
    for (const { product, lineId } of lines) {
      const [bar] = this.#context.bars(product, lane, warehouse);
      if (bar === undefined) continue;
      const { detail, ruleId, law } = bar;
      const blocker = {
        reason: 'restricted-goods',
        lineId,
        detail: `${detail} (${ruleId}; ${law})`,
      } as const;
      return { step: 'goods', blocker };
    }
    return undefined;
  }

  #pack(warehouse: Warehouse, lane: Lane, lines: readonly BasketLine[]): ShippedConsignment | Stop {
    const { request, now } = this.#context;
    const items = lines.map(({ toPack }) => toPack);
    const availableAt = sentFromOf(lines, warehouse, now);
    const { destination } = request;
    const shipped = shipConsignment({ warehouse, lane, destination, now, items, availableAt });
    if (!('reason' in shipped)) return shipped;
    const { reason, ...stopped } = shipped;
    const isTooMany = reason === 'too-many-parcels' ? true : undefined;
    return { step: 'freight', blocker: { ...stopped, reason: 'no-lane', isTooMany } };
  }

  /** A rate that duty and tax take, and that is missing, stops this consignment and no other. */
  #assess(warehouse: Warehouse, lane: Lane, it: ToAssess): Assessed | Blocker {
    try {
      return this.#assessAtRates(warehouse, lane, it);
    } catch (error) {
      if (error instanceof NoRate) return asBlocker(error);
      throw error;
    }
  }

  #assessAtRates(warehouse: Warehouse, lane: Lane, it: ToAssess): Assessed | NotAssessable {
    const { regime, rules, rates, request, seller, date } = this.#context;
    const { currency, destination, incoterm } = request;
    const goods = this.#goodsOf(it.lines);
    return regime.assess(
      {
        shipFrom: warehouse.address.country,
        destination,
        currency,
        incoterm,
        channel: lane.channel,
        lines: this.#at(it.lines).map(({ toAssess }) => toAssess),
        freight: it.freight,
        alsoSent: subtract(this.#goodsOf(it.together), goods),
      },
      {
        date,
        rules,
        seller,
        convert: rates.convert,
        convertForCustoms: rates.convertForCustoms,
        explain: it.explain,
        ...(it.forListedPrice === true ? { forListedPrice: true } : {}),
      },
    );
  }

  #goodsOf(lines: readonly number[]): Money {
    return sum(
      this.#at(lines).map(({ toAssess }) => fromJson(toAssess.goodsValue)),
      this.#context.request.currency,
    );
  }

  #at(lines: readonly number[]): BasketLine[] {
    return lines.flatMap((line) => this.#lines[line] ?? []);
  }
}
