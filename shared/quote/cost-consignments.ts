import type { Charge, PlannedConsignment } from '../../events/landed-cost.ts';
import { serves, type Warehouse } from '../catalogue/index.ts';
import { type Assessed, isAssessed, type NotAssessable } from '../duties/index.ts';
import {
  type Lane,
  lanesTo,
  type ShippedConsignment,
  shipConsignment,
  storedCarbon,
} from '../freight/index.ts';
import { defined } from '../kernel/defined.ts';
import { add, fromJson, type Money, subtract, sum, toJson } from '../kernel/money.ts';
import type { BasketLine } from './basket.ts';
import { freightCharges, freightOf } from './freight.ts';
import { goodsCharge } from './goods-charge.ts';
import type { CostingContext } from './pricing-input.ts';
import type { NoRate } from './quote-rates.ts';

/** Why a consignment can't go by a lane. */
export interface NoLane {
  readonly reason: 'no-lane';
  readonly lineId?: string;
  readonly part?: undefined;
  readonly detail: string;
}

export type Blocker = NotAssessable | NoLane;

/** One consignment by one lane with what it costs whole at the door. Goods are no part of it: they cost the same. */
export interface ConsignmentOffer {
  readonly service: string;
  /** Freight, duty, tax and fees in minor units of the shopper's currency, whoever pays them. */
  readonly costMinor: number;
  /** By when it is promised, milliseconds since the epoch. */
  readonly latestMs: number;
  readonly carbonGrams: number;
  readonly warehouse: Warehouse;
  readonly lane: Lane;
  readonly shipped: ShippedConsignment;
}

/** Costs consignments of one basket: each way to send a set of its lines is packed and shipped once. */
export class ConsignmentCosting {
  readonly #context: CostingContext;
  readonly #lines: readonly BasketLine[];
  readonly #shipped = new Map<string, ShippedConsignment | NoLane>();
  readonly #lanes = new Map<Warehouse, readonly Lane[]>();
  /** That lanes were left out because their freight can't be converted. */
  noRate: NoRate | undefined;
  #met: Blocker | undefined;
  #suspected: Blocker | undefined;

  constructor(context: CostingContext, lines: readonly BasketLine[]) {
    this.#context = context;
    this.#lines = lines;
  }

  /**
   * Every way in which the warehouse can send those lines, by their places in the basket. `together` are all lines
   * that the plan sends from that country: thresholds are tested on them.
   */
  offers(warehouse: Warehouse, lines: readonly number[], together: readonly number[]): ConsignmentOffer[] {
    return this.lanesOf(warehouse).flatMap((lane): ConsignmentOffer[] => {
      const shipped = this.#ship(warehouse, lane, lines);
      if ('reason' in shipped) return this.#stop(shipped);
      const freight = freightOf(shipped, this.#context.rates, this.#context.request.currency);
      const assessed = this.#assess(warehouse, lane, { lines, together, freight, explain: false });
      if (!isAssessed(assessed)) return this.#stop(assessed);
      const due = assessed.charges.reduce((all, { amount }) => all + amount.amount, 0);
      return [
        {
          service: lane.service,
          costMinor: freight.amountMinor + due,
          latestMs: Date.parse(shipped.promise.latest),
          carbonGrams: shipped.carbonGrams,
          warehouse,
          lane,
          shipped,
        },
      ];
    });
  }

  /**
   * The consignment of an offer with every figure explained. One that bears the charge of a delivery slot is assessed
   * with it as freight; the search left it out, since it is the same for every plan.
   */
  consignment(
    { warehouse, lane, shipped }: ConsignmentOffer,
    lines: readonly number[],
    together: readonly number[],
    {
      consignmentId,
      slotCharge,
    }: { readonly consignmentId: string; readonly slotCharge?: Charge | undefined },
  ): PlannedConsignment | NotAssessable {
    const { regime, rates, request } = this.#context;
    const freight = freightOf(shipped, rates, request.currency);
    const transport = slotCharge === undefined ? freight : add(freight, fromJson(slotCharge.amount));
    const assessed = this.#assess(warehouse, lane, { lines, together, freight: transport, explain: true });
    if (!isAssessed(assessed)) return assessed;
    const own = this.#at(lines);
    const { scheme, dataSet, deMinimis, charges } = assessed;
    return {
      consignmentId,
      warehouseId: warehouse.warehouseId,
      ...(lane.via === undefined ? {} : { via: lane.via.map(({ to }) => to.warehouseId) }),
      shipFrom: warehouse.address.country,
      carrier: lane.carrier,
      service: lane.service,
      lines: own.map(({ toAssess: { originProofs: _proofs, ...line } }) => line),
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
      ...(warehouse.capacity === undefined ? {} : { workDay: shipped.workDay }),
      freight: toJson(shipped.freight),
      packages: packagesOf(shipped),
      carbonGrams: shipped.carbonGrams,
      carbon: storedCarbon(shipped.carbon, shipped.grossWeightGrams),
    };
  }

  /**
   * The lanes of a warehouse that go to the destination and whose freight can be told in the shopper's currency; none
   * where it doesn't serve it.
   */
  lanesOf(warehouse: Warehouse): readonly Lane[] {
    const { country } = this.#context.request.destination;
    let lanes = this.#lanes.get(warehouse);
    if (lanes === undefined) {
      const own = serves(warehouse, country) ? lanesTo(warehouse.lanes, country) : [];
      lanes = own.filter((lane) => this.#hasRate(lane));
      this.#lanes.set(warehouse, lanes);
    }
    return lanes;
  }

  #hasRate({ rateCards, via = [] }: Lane): boolean {
    const { rates, request, date } = this.#context;
    const cards = rateCards.filter(({ validTo }) => validTo === undefined || validTo >= date);
    const currencies = [...cards, ...via.flatMap(({ transferRate }) => transferRate ?? [])].map(
      ({ currency }) => currency,
    );
    const missing = currencies.find((currency) => !rates.canConvert(currency, request.currency));
    if (missing !== undefined) this.noRate ??= rates.noRate(missing, request.currency);
    return missing === undefined;
  }

  #ship(warehouse: Warehouse, lane: Lane, lines: readonly number[]): ShippedConsignment | NoLane {
    const key = `${warehouse.warehouseId} ${warehouse.lanes.indexOf(lane)} ${lines.join(',')}`;
    const known = this.#shipped.get(key);
    if (known !== undefined) return known;
    const { destination } = this.#context.request;
    const own = this.#at(lines);
    const barred = own.find(({ product }) => !this.#context.admits(product, lane, warehouse));
    const shipped: ShippedConsignment | NoLane =
      barred === undefined
        ? asNoLane(
            shipConsignment({
              warehouse,
              lane,
              destination,
              now: this.#context.now,
              items: own.map(({ toPack }) => toPack),
            }),
          )
        : {
            reason: 'no-lane',
            lineId: barred.lineId,
            detail: `${lane.carrier} ${lane.service} does not carry ${barred.sku}`,
          };
    this.#shipped.set(key, shipped);
    return shipped;
  }

  #assess(
    warehouse: Warehouse,
    lane: Lane,
    it: {
      readonly lines: readonly number[];
      readonly together: readonly number[];
      readonly freight: Money;
      readonly explain: boolean;
    },
  ): Assessed | NotAssessable {
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
      },
    );
  }

  #goodsOf(lines: readonly number[]): Money {
    return sum(
      this.#at(lines).map(({ goods }) => goods),
      this.#context.request.currency,
    );
  }

  #at(lines: readonly number[]): BasketLine[] {
    return lines.flatMap((line) => this.#lines[line] ?? []);
  }

  /** Keeps the first obstacle that is met. */
  meet(obstacle: Blocker): void {
    this.#met ??= obstacle;
  }

  /** Keeps the first obstacle that bounds tell of: it may be one of values that the basket hasn't. */
  suspect(obstacle: Blocker): void {
    this.#suspected ??= obstacle;
  }

  /** What stood in the way of a plan: the first thing that was met, else what was only suspected. */
  get obstacle(): Blocker | undefined {
    return this.#met ?? this.#suspected;
  }

  #stop(obstacle: Blocker): [] {
    this.meet(obstacle);
    return [];
  }
}

/** The cartons as they are to be booked: of several each has a label and customs form, so it is kept what is in it. */
function packagesOf({ parcels, parcelCount }: ShippedConsignment): PlannedConsignment['packages'] {
  return parcels.map(({ count, dimensions, grossWeightGrams, contents }) => ({
    count,
    dimensions,
    grossWeightGrams,
    ...(parcelCount === 1 ? {} : { contents: contents.map((part) => ({ ...part })) }),
  }));
}

function asNoLane(outcome: ReturnType<typeof shipConsignment>): ShippedConsignment | NoLane {
  return 'reason' in outcome ? { ...outcome, reason: 'no-lane' } : outcome;
}
