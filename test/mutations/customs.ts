import type { Mutant } from './mutant.ts';

const declaration = ['test/unit/customs/build-declaration.test.ts'];
const quoted = ['test/unit/duties/regimes/us.test.ts'];
const both = ['test/unit/customs/label-and-declaration.test.ts'];

export const customsMutants: readonly Mutant[] = [
  {
    id: 'customs/shopper-imports-under-ddp',
    file: 'shared/duties/importer-of-record.ts',
    find: "country === 'US' && incoterm === 'DDP' ?",
    put: 'false ?',
    tests: [...declaration, ...both, ...quoted],
    harm: 'A consumer who has paid the duty owes it again.',
  },
  {
    id: 'customs/merchant-imports-under-dap',
    file: 'shared/duties/importer-of-record.ts',
    find: "&& incoterm === 'DDP'",
    put: '',
    tests: [...declaration, ...both],
    harm: 'The merchant owes the duty that the shopper has to pay.',
  },
  {
    id: 'customs/label-without-importer',
    file: 'shared/shipping/carriers/easypost/requests.ts',
    find: '...(importerAddressId !== undefined && { importer_address_id: importerAddressId }),',
    put: '',
    tests: both,
    harm: 'The carrier bills the duty to the consignee, who has paid it.',
  },
  {
    id: 'customs/quote-without-importer',
    file: 'shared/duties/assess/refusals.ts',
    find: 'if (row === undefined || importerOfRecord',
    put: 'if (row !== undefined || importerOfRecord',
    tests: quoted,
    harm: 'A shopper pays for goods that nobody can declare.',
  },
  {
    id: 'customs/second-line-lost',
    file: 'shared/customs/brokers/broker/elements.ts',
    find: '...{ line1, line2, city, region, postalCode, country },',
    put: '...{ line1, city, region, postalCode, country },',
    tests: both,
    harm: 'The declaration names another place than the label.',
  },
  {
    id: 'customs/state-lost',
    file: 'shared/customs/exporter.ts',
    find: 'return { name, line1, line2, city, region, postalCode, country };',
    put: 'return { name, line1, line2, city, postalCode, country };',
    tests: [...declaration, ...both],
    harm: 'The exporter is declared at another place than on the label.',
  },
  {
    id: 'customs/formal-entry-without-importer',
    file: 'shared/customs/build-declaration.ts',
    find: "if (dataSet === 'US_TYPE_01' && importerNumber === undefined) return 'seller.importer.US';",
    put: '',
    tests: declaration,
    harm: 'The authority refuses an entry that names no importer.',
  },
];
