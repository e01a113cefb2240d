import { readdirSync, readFileSync } from 'node:fs';
import { brokers } from '../../shared/customs/brokers/index.ts';
import { paymentProviders } from '../../shared/payment/providers/index.ts';
import { carriers } from '../../shared/shipping/carriers/index.ts';
import { warehouseSystems } from '../../shared/warehouse/systems/index.ts';

/** A kind of plug-in, its guide, and the toy that followed the guide. */
export interface PlugInKind {
  readonly kind: string;
  readonly guide: string;
  /** The folder of the toy. */
  readonly toy: string;
  /** The registry, and the lines of it that register one plug-in. */
  readonly registry: string;
  readonly names: RegExp;
}

const TOYS = 'test/fixtures/toys';

/** The registry of partners is the real one. Its first entry shows the lines that an entry takes. */
const registered = ([first]: readonly { readonly code: string }[]) =>
  new RegExp(`from '\\./${first?.code}/|satisfies`);

/** Kinds whose toy is a folder with adapter, sandbox and fixtures. */
export const partnerKinds: readonly PlugInKind[] = [
  {
    kind: 'Payment provider',
    guide: 'add-a-payment-provider.md',
    toy: `${TOYS}/payment/coins`,
    registry: 'shared/payment/providers/index.ts',
    // An adapter that is loaded late is registered in one line.
    names: new RegExp(`import\\('\\./${paymentProviders[0].code}/`),
  },
  {
    kind: 'Carrier',
    guide: 'add-a-carrier.md',
    toy: `${TOYS}/carrier/pigeon`,
    registry: 'shared/shipping/carriers/index.ts',
    names: registered(carriers),
  },
  {
    kind: 'Customs broker',
    guide: 'add-a-customs-broker.md',
    toy: `${TOYS}/customs/paperwork`,
    registry: 'shared/customs/brokers/index.ts',
    names: registered(brokers),
  },
  {
    kind: 'Warehouse system',
    guide: 'add-a-warehouse-system.md',
    toy: `${TOYS}/warehouse/shed`,
    registry: 'shared/warehouse/systems/index.ts',
    names: registered(warehouseSystems),
  },
];

/** Kinds whose toy is one file, beside a copy of the registry that has the toy as its last entry. */
export const fileKinds: readonly PlugInKind[] = [
  {
    kind: 'Destination',
    guide: 'add-a-destination.md',
    toy: `${TOYS}/destination`,
    registry: `${TOYS}/destination/files.ts`,
    names: /\bis\b.*is\.json/,
  },
  {
    kind: 'Scheduled job',
    guide: 'add-a-job.md',
    toy: `${TOYS}/job`,
    registry: `${TOYS}/job/jobs.ts`,
    names: /every-6-hours-check-rates/,
  },
  {
    kind: 'Report',
    guide: 'add-a-report.md',
    toy: `${TOYS}/report`,
    registry: `${TOYS}/report/registry.ts`,
    names: /\bordersByState\b/,
  },
];

const linesOf = (file: string) => readFileSync(file, 'utf8').trimEnd().split('\n');

/** The files of a toy without its registry, their lines, and the lines that register it. */
export function sizeOf({ toy, registry, names }: PlugInKind) {
  const files = readdirSync(toy, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => `${parentPath}/${name}`)
    .filter((file) => file !== registry);
  return {
    files: files.length,
    lines: files.reduce((all, file) => all + linesOf(file).length, 0),
    registered: linesOf(registry).filter((line) => names.test(line)).length,
  };
}
