import { type Money, moneyText } from './money-text.ts';

interface Fact {
  readonly name: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** The parts of an operator's view of an order that the story needs. */
export interface NarratedOrder {
  readonly status: string;
  readonly parcels: readonly {
    readonly parcelId: string;
    readonly consignmentId: string;
    readonly warehouseId: string;
  }[];
  readonly landedCost: {
    readonly consignments: readonly { readonly consignmentId: string; readonly dataSet?: string }[];
  };
  readonly facts: readonly Fact[];
}

/** One line of the story: an event, and a remark on it. */
export interface StoryLine {
  readonly what: string;
  readonly detail: string;
}

/** A step of the story. `detailOf` makes its text from the data of its fact. */
interface Step {
  readonly what: string;
  readonly fact: string;
  readonly detailOf: (data: Fact['data']) => string;
}

const orderSteps: readonly Step[] = [
  { what: 'paid', fact: 'payment.authorised', detailOf: ({ amount }) => `the card holds ${text(amount)}` },
  {
    what: 'screened',
    fact: 'screening.released',
    detailOf: ({ findings }) =>
      `${Array.isArray(findings) ? findings.length : 0} checks: fraud, embargoes, limits`,
  },
  {
    what: 'captured',
    fact: 'payment.captured',
    detailOf: ({ amount }) => `${text(amount)} taken from the card`,
  },
];

const parcelSteps: readonly Step[] = [
  {
    what: 'booked',
    fact: 'parcel.booked',
    detailOf: ({ carrier, service, trackingNumber }) =>
      `${carrier} ${service}, tracking number ${trackingNumber}`,
  },
  {
    what: 'declared',
    fact: 'declaration.filed',
    detailOf: ({ dataSet }) => `import declaration ${dataSet} filed with the customs broker`,
  },
  {
    what: 'cleared',
    fact: 'parcel.cleared',
    detailOf: ({ basis }) =>
      basis === 'declaration-released' ? 'released by customs' : 'crosses no customs border',
  },
  {
    what: 'packed',
    fact: 'parcel.packed',
    detailOf: () => 'in its carton, with its label',
  },
  { what: 'dispatched', fact: 'parcel.dispatched', detailOf: () => 'handed to the carrier' },
  { what: 'delivered', fact: 'parcel.delivered', detailOf: () => 'at the door' },
];

/**
 * Gives the new lines of an order's story for each reading of the order. Facts are recorded in the order in which
 * partners report them, and the events may have happened in another order. So a step is shown only after all steps
 * before it. The scans of a parcel are one line, before its delivery.
 */
export function narrator(): (order: NarratedOrder) => StoryLine[] {
  const shown = new Map<string, number>();
  return (order) => {
    const lines: StoryLine[] = [];
    const isPaid = advance(shown, 'order', orderSteps, (step) => {
      const line = lineOf(step, order.facts);
      if (line !== undefined) lines.push(line);
      return line !== undefined;
    });
    if (!isPaid) return lines;
    for (const [index, parcel] of order.parcels.entries()) {
      const facts = order.facts.filter(({ data }) => data.parcelId === parcel.parcelId);
      const steps = stepsOf(parcel, order);
      advance(shown, parcel.parcelId, steps, (step) => {
        const line = lineOf(step, facts);
        if (line === undefined) return false;
        const named = parcelName(order, index);
        if (step.what === 'delivered')
          lines.push({ what: 'scanned', detail: `${named}: ${scansText(facts)}` });
        lines.push({ what: line.what, detail: `${named}: ${line.detail}` });
        return true;
      });
    }
    return lines;
  };
}

/** The name of a parcel, counted from 1: `parcel 1 from pl-poznan`. */
export function parcelName({ parcels }: Pick<NarratedOrder, 'parcels'>, index: number): string {
  return `parcel ${index + 1} from ${parcels[index]?.warehouseId}`;
}

/** Adds the next steps in order, up to the first missing one. Gives whether all steps are shown. */
function advance(
  shown: Map<string, number>,
  track: string,
  steps: readonly Step[],
  show: (step: Step) => boolean,
): boolean {
  let next = shown.get(track) ?? 0;
  for (let step = steps[next]; step !== undefined && show(step); step = steps[next]) next += 1;
  shown.set(track, next);
  return next >= steps.length;
}

/** The steps of a parcel. A parcel that crosses no customs border has no declaration. */
function stepsOf(parcel: NarratedOrder['parcels'][number], { landedCost }: NarratedOrder): readonly Step[] {
  const { consignments } = landedCost;
  const own = consignments.find(({ consignmentId }) => consignmentId === parcel.consignmentId);
  return own?.dataSet === undefined ? parcelSteps.filter(({ what }) => what !== 'declared') : parcelSteps;
}

function lineOf({ what, fact, detailOf }: Step, facts: readonly Fact[]): StoryLine | undefined {
  const found = facts.find(({ name }) => name === fact);
  return found === undefined ? undefined : { what, detail: detailOf(found.data) };
}

function scansText(facts: readonly Fact[]): string {
  const scans = facts
    .filter(({ name, data }) => name === 'parcel.scanned' && data.status !== 'delivered')
    .toSorted((a, b) => String(a.data.scannedAt).localeCompare(String(b.data.scannedAt)));
  const last = String(scans.at(-1)?.data.status ?? 'none').replaceAll('_', ' ');
  return `${scans.length} scan${scans.length === 1 ? '' : 's'}, last: ${last}`;
}

function text(amount: unknown): string {
  return moneyText(amount as Money);
}
