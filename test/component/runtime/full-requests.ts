import { sampleRates, sampleSeller } from '../../../infra/cli/sample-shop/sample-seller.ts';
import type { ScheduleHeader } from '../../../shared/duties/schedules/schedule.ts';
import { encodeSchedule } from '../../../shared/duties/schedules/schedule-file.ts';
import type { RouteId } from './handlers-on-engine.ts';
import { replenishmentRequests } from './replenishment-requests.ts';

export interface FullRequest {
  readonly route: RouteId;
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** The request has every field, but can't be carried out, because its order or hold does not exist. */
  readonly isRefused?: true;
}

/** The objects that a request refers to. They are made again after a request consumed them. */
export interface References {
  readonly quoteId: string;
  /** A quote with the price of the slot. */
  readonly slotQuoteId: string;
  readonly slotId: string;
}

/** What a shopper looked at and put into the cart. */
export const visit = {
  batchId: '0f0c2f3e-5a54-4c6e-9d0b-5f6d6c1a7b01',
  visitorId: '7c1c5b0a-2f8e-4d55-8a9e-0d2b7f4e6a11',
  country: 'DE',
  steps: [
    { step: 'view', sku: 'MAT-YOGA' },
    { step: 'cart', sku: 'MAT-YOGA', quantity: 2 },
  ],
};

const dimensions = { lengthMm: 300, widthMm: 240, heightMm: 20 };

const responsiblePerson = {
  name: 'Sample Compliance GmbH',
  postalAddress: 'Musterstrasse 1, 10115 Berlin',
  country: 'DE',
  electronicAddress: 'safety@example.com',
};

const documents = [
  {
    ...{ type: 'us-cpc', reference: 'CPC-1', issuer: 'Sample laboratory', countries: ['US'] },
    ...{ validFrom: '2026-01-01', validUntil: '2099-12-31' },
    certificate: {
      ...{
        productId: 'FUZZ',
        rulesCited: ['16 CFR 1250'],
        manufacturedOn: '2026-03',
        testedOn: '2026-04-02',
      },
      manufacturedAt: { country: 'CN', place: 'Shantou' },
      testedAt: { country: 'CN', place: 'Shenzhen' },
      laboratory: 'Sample laboratory',
      recordsContact: {
        ...{ name: 'Quality desk', postalAddress: '1 Sample Street, Springfield' },
        ...{ email: 'quality@example.com', phone: '+1 555 0100' },
      },
    },
  },
];

const compliance = {
  dangerousGoods: {
    ...{
      unNumber: 'UN3481',
      packing: 'contained-in',
      cellMilliwattHours: 5_000,
      batteryMilliwattHours: 10_000,
    },
    ...{ cellCount: 2, batteryCount: 1, stateOfChargeLimited: true },
  },
  ...{ flashPointCelsius: 60, volumeMl: 100, aerosol: false, liquid: true, cites: false },
  ...{ animalMaterials: ['wool'], plantMaterials: ['none'], forChildrenUnder12: false, radio: false },
  ...{ electrical: true, cosmetic: false, foodContact: false, food: false, medicine: 'no' },
  ...{ medicalDevice: false, personalProtection: false, pesticide: false, laser: false, tradeDefence: false },
  ...{ exportControl: 'EAR99', brand: 'Sample', content: ['religious'] },
  identifiers: { merchant: 'FUZZ', manufacturer: 'MFR-1', gtin: '4006381333931' },
  responsiblePersons: { EU: responsiblePerson, GB: { ...responsiblePerson, country: 'GB' } },
  documents,
};

const tariffHeader = {
  ...{ tariff: 'au', edition: '2099', validFrom: '2099-01-01', knownTo: '2099-12-31', hs: 'HS2022' },
  ...{ law: 'a law for the tests', source: 'a file for the tests', provenance: 'published' },
  ...{ confidence: 'high', review: 'not a law', averages: true },
  agreements: { sg: { agreement: 'au-sg-fta', origins: ['SG'] } },
} as const satisfies ScheduleHeader;
const tariffEdition = {
  header: tariffHeader,
  file: Buffer.from(
    encodeSchedule(tariffHeader, [{ code: '610910', goods: 'T-shirts', text: '5%', rate: '5' }]),
  ).toString('base64'),
};

const product = {
  description: 'Cotton knit T-shirt',
  ...{ hsCode: '610910', nationalCodes: { EU: '61091000', US: '6109100012' }, originCountry: 'CN' },
  originProofs: [{ agreement: 'eu-jp-epa', reference: 'REX-1', validUntil: '2099-12-31' }],
  availableFrom: '2099-01-15',
  ...{ status: 'active', unitWeightGrams: 180, dimensions, compliance },
  measures: {
    ...{ netWeightGrams: 170, pieces: 3, pairs: 1, litres: '0.75', alcoholPercent: '13.5', carats: '0.25' },
    ...{ metres: '2', squareMetres: '1.5', cubicMetres: '0.01' },
  },
  prices: [
    { amount: 1990, currency: 'EUR' },
    { amount: 3200, currency: 'JPY' },
    { amount: 2399, currency: 'GBP', taxIncluded: true },
  ],
};

/** A request of another kind, whose fields exclude fields of the first. */
const otherProduct = {
  ...product,
  prices: [{ amount: 0, currency: 'EUR' }],
  customsValue: { amount: 500, currency: 'EUR' },
  compliance: {
    dangerousGoods: {
      ...{
        unNumber: 'UN3090',
        packing: 'alone',
        cellLithiumMilligrams: 500,
        batteryLithiumMilligrams: 1_000,
      },
    },
    identifiers: { noGtin: true },
  },
};

const rateCard = {
  ...{ rateCardId: 'card-2025', currency: 'EUR', validFrom: '2025-01-01', validTo: '2099-12-31' },
  ...{ maxWeightGrams: 30_000, maxLongestSideMm: 1_200, maxLengthPlusGirthMm: 3_000 },
  ...{ dimensionalDivisor: 5_000, weightStepGrams: 100 },
  zones: [
    {
      zone: 'near',
      places: [{ country: 'DE', postalPrefixes: ['20'] }],
      weightBreaks: [
        { upToGrams: 500, priceMinor: 500 },
        { upToGrams: 1_000, priceMinor: 700 },
      ],
      additionalStep: { stepGrams: 500, priceMinor: 100 },
    },
    { zone: 'all', weightBreaks: [{ upToGrams: 30_000, priceMinor: 900 }] },
  ],
  surcharges: [
    {
      ...{ code: 'large', description: 'Large parcel', amountMinor: 500, bearsFuel: true },
      when: {
        residential: true,
        oversize: { longestSideOverMm: 1_000, lengthPlusGirthOverMm: 2_500, weightOverGrams: 25_000 },
        ...{ from: '2025-01-01', to: '2099-12-31', countries: ['DE'] },
      },
    },
    { code: 'peak', description: 'Peak season', percent: '4.5' },
  ],
  fuel: [{ from: '2025-01-01', to: '2099-12-31', percent: '14.5' }],
  remoteAreas: [{ country: 'DE', postalCodes: [{ from: '25', to: '27' }], amountMinor: 900 }],
};

const lane = {
  ...{ service: 'standard', carrier: 'easypost', channel: 'courier', mode: 'road', countries: ['DE', 'AT'] },
  rateCards: [rateCard],
  transit: {
    days: [
      { days: 1, share: 1_000 },
      { days: 3, share: 10_000 },
    ],
    customs: [{ hours: 24, share: 10_000 }],
    deliveryDays: [1, 2, 3, 4, 5],
    holidays: [{ country: 'DE', dates: ['2026-12-25'] }],
    percentile: 90,
  },
  collections: ['09:00', '15:00'],
};

const warehouse = {
  ...{ name: 'Poznań', kind: 'regional' },
  parent: {
    ...{ warehouseId: 'cn-shenzhen', transferHours: 720, departures: ['18:00'], mode: 'sea' },
    distanceKm: 20_000,
    transferRate: { currency: 'EUR', perConsignmentMinor: 90, perKilogramMinor: 15 },
  },
  address: {
    ...{
      name: 'Sample Shop',
      company: 'Sample',
      line1: 'ul. Magazynowa 12',
      line2: 'Hala 2',
      city: 'Komorniki',
    },
    romanised: {
      name: 'Erika Musterfrau',
      company: 'Muster',
      line1: 'Musterstr. 1',
      line2: 'Hof',
      city: 'Hamburg',
    },
    ...{ region: 'Wielkopolskie', postalCode: '62-052', country: 'PL', taxId: '7811234567' },
  },
  coordinates: { latitudeMicrodegrees: 52_340_000, longitudeMicrodegrees: 16_810_000 },
  ...{ timeZone: 'Europe/Warsaw', cutOffTime: '14:00', openingHours: { opens: '06:00', closes: '20:00' } },
  ...{ workingDays: [1, 2, 3, 4, 5], holidays: ['2026-12-25'], handlingHours: 6 },
  capacity: { ordersPerDay: 8_000 },
  receiving: { unitsPerDay: 5_000, storageUnits: 400_000 },
  services: ['returns', 'liquids', 'lithium-batteries'],
  countriesServed: ['DE', 'AT'],
  boxes: [
    {
      ...{ boxId: 'carton-s', innerLengthMm: 300, innerWidthMm: 200, innerHeightMm: 120, wallMm: 4 },
      ...{ tareGrams: 140, maxGrams: 8_000 },
    },
  ],
  ...{ system: 'wms', active: true },
  lanes: [
    { ...lane, distanceKm: 700 },
    { ...lane, service: 'express', legs: [{ mode: 'air', distanceKm: 900 }] },
  ],
};

const seller = {
  ...sampleSeller,
  brokers: { eu: 'broker' },
  payment: {
    ...{ providers: ['stripe'], methods: { card: 'stripe' }, order: { DE: ['card'] } },
    instalments: {
      ...{ counts: [3], minAmounts: [{ amount: 5_000, currency: 'EUR' }], countries: ['DE'] },
      retryAfterDays: [3, 7],
    },
    terms: [
      {
        ...{ provider: 'stripe', methods: ['card'], countries: ['DE'], refusedGoods: ['93'] },
        licence: { validUntil: '2099-12-31', number: 'R179715' },
        ...{
          minAmounts: [{ amount: 50, currency: 'EUR' }],
          maxAmounts: [{ amount: 900_000, currency: 'EUR' }],
        },
        fee: {
          ...{ percent: '1.4', fixed: [{ amount: 25, currency: 'EUR' }], currencies: ['EUR'] },
          ...{ from: '2026-01-01', until: '2099-12-31' },
        },
      },
    ],
  },
  epr: [{ country: 'DE', stream: 'packaging', number: 'DE1234567890123', validUntil: '2099-12-31' }],
  classification: 'refuse',
  switches: {
    ...{ euFlatDutyScope: 'all-distance-sales', iossVatOnRechargedDuty: true, unionHandlingFee: 'pending' },
    ...{ euFlatDutyItem: 'subheading', brDeductionOutsideProgramme: 'none', clUnregisteredDuty: 'refused' },
    usSection301OtherPlastics: 'refused',
  },
  privacy: { keptDays: 90 },
  reporting: { timeZone: 'Europe/Berlin', currency: 'EUR', storefronts: ['tea', 'ink'] },
  replenishment: {
    ...{ dailyAt: '05:30', reviewDays: 2, sites: ['pl-poznan'], historyDays: 180, maxCoverDays: 90 },
    overstockDays: 400,
    serviceLevels: {
      ...{ AX: 0.98, AY: 0.97, AZ: 0.95, BX: 0.97, BY: 0.95, BZ: 0.93, CX: 0.95, CY: 0.9, CZ: 0.85 },
    },
    ...{ leadTimeDeviationPercent: 30, holdingPercentPerYear: 25, soldBeforeExpiryPercent: 95 },
    orderCost: { amount: 1_500, currency: 'EUR' },
    budget: { limit: { amount: 5_000_000, currency: 'EUR' }, per: 'month' },
    transferLanes: [
      {
        ...{ fromWarehouseId: 'pl-poznan', warehouseId: 'de-berlin', days: 2, maxUnits: 500 },
        perMove: { amount: 4_000, currency: 'EUR' },
        perKilogram: { amount: 25, currency: 'EUR' },
        handlingPerUnit: { amount: 12, currency: 'EUR' },
      },
    ],
    hubs: [{ warehouseId: 'pl-poznan', feeds: ['de-berlin'] }],
    channels: {
      ...{ marginPercent: 8, horizonDays: 120, volumeDays: 90, unitsPerParcel: 2, recoversImportTax: false },
      perConsignment: { amount: 20_000, currency: 'EUR' },
      perKilogram: { amount: 180, currency: 'EUR' },
      handlingPerUnit: { amount: 30, currency: 'EUR' },
      storagePerUnitMonth: { amount: 20, currency: 'EUR' },
      firstLegs: [
        {
          ...{ fromCountry: 'CN', warehouseId: 'pl-poznan' },
          perConsignment: { amount: 25_000, currency: 'EUR' },
          perKilogram: { amount: 150, currency: 'EUR' },
        },
      ],
      parcels: [
        {
          ...{ fromCountry: 'VN', toCountry: 'DE', channel: 'post' },
          perParcel: { amount: 350, currency: 'EUR' },
          perKilogram: { amount: 900, currency: 'EUR' },
        },
      ],
    },
  },
  callerLimits: {
    ...{ unitsOfOneSku: 100_000, unpaidOrdersOfStorefront: 10_000, unpaidOrdersOfClient: 10_000 },
    ...{ unpaidUnitsOfClient: 100_000, unpaidOrdersOfShopper: 10_000, heldSlotsOfStorefront: 10_000 },
    ...{ heldSlotsOfClient: 10_000, firstReservationMinutes: 30, freeOrdersOfStorefront: 10_000 },
    ...{
      freeOrdersOfClient: 1_000,
      freeOrdersOfShopper: 100,
      freeUnitsOfOrder: 10,
      cashOrdersOfShopper: 100,
    },
    ...{ unpaidShareOfSku: 20, unpaidShareOfSkuOfStorefront: 100 },
  },
  fulfilment: { domesticPremium: { amount: 100, currency: 'EUR' } },
  pricing: {
    spreadBasisPoints: 200,
    rounding: {
      JPY: { to: 'step', stepMinor: 10, direction: 'up' },
      USD: { to: 'ending', endingMinor: 99, perMinor: 100, direction: 'nearest' },
      GBP: { to: 'none' },
    },
    taxIncludedMarkets: ['GB'],
  },
};

export const address = {
  ...{ name: 'Erika Musterfrau', company: 'Muster GmbH', line1: 'Musterstraße 1', line2: 'Hinterhaus' },
  romanised: {
    name: 'Erika Musterfrau',
    company: 'Muster',
    line1: 'Musterstr. 1',
    line2: 'Hof',
    city: 'Hamburg',
  },
  ...{ city: 'Hamburg', region: 'HH', postalCode: '20095', country: 'DE' },
};

const brazilian = {
  name: 'Maria',
  line1: 'Rua 1',
  city: 'Belo Horizonte',
  postalCode: '30130-010',
  country: 'BR',
};

const movement = { sku: 'MAT-YOGA', warehouseId: 'pl-poznan', quantity: 1 };
const transferId = 'TR-1';

/** The rules are of a past year, so that mutations of them do not change today's quotes. */
const rule = {
  ...{ regime: 'no', destinations: ['NO'], validFrom: '2001-01-01', validTo: '2001-12-31' },
  ...{ law: 'Law of the tests, article 1', provenance: 'published', confidence: 'high' },
  review: 'a person looks at it',
};
const when = {
  ...{ channel: 'post', seller: 'registered', origins: { only: ['CN'] }, shipFrom: { except: ['PL'] } },
  ...{ goods: { only: ['61'], except: ['610910'] }, regions: ['03'] },
  value: { basis: 'intrinsic', over: { amount: 1, currency: 'NOK' }, upTo: { amount: 9, currency: 'NOK' } },
};
const nok = (amount: number) => ({ amount, currency: 'NOK' });

const ruleRows: readonly Readonly<Record<string, unknown>>[] = [
  { kind: 'scheme', code: 'voec', registration: 'NO', when },
  { kind: 'relief', on: 'duty', threshold: nok(100), basis: 'CIF', included: true, scheme: 'voec' },
  { kind: 'flat-duty', amount: nok(300) },
  {
    ...{ kind: 'simplified-duty', description: 'A rate for all', rate: '25', coversTax: true },
    ...{ deduct: nok(10), exempt: nok(20) },
  },
  {
    ...{ kind: 'tariff-line', tariff: 'no', hsPrefix: '610910', goods: 'T-shirts' },
    rate: {
      ...{ percent: '10.7', perKg: nok(5), perUnit: nok(1) },
      ...{ least: { perKg: nok(1), perUnit: nok(1) }, most: { perKg: nok(9), perUnit: nok(9) } },
    },
  },
  { kind: 'preference', agreement: 'efta', tariff: 'no', rate: '0' },
  {
    ...{ kind: 'additional-duty', code: 'ad', description: 'Dumped goods', rate: '5', netOfTariff: false },
    exceptAgreements: ['efta'],
  },
  { kind: 'tax-rate', code: 'vat', rate: '25', inside: true },
  {
    ...{ kind: 'fee', code: 'handling', description: 'Handling', per: 'item', amount: nok(5), rate: '1' },
    ...{ least: nok(1), most: nok(9), inTaxBase: false, taxedAt: '25' },
  },
  { kind: 'entry-limit', threshold: nok(100) },
  { kind: 'not-computed', withinTheBorder: false, reason: 'trade-defence', detail: 'Nobody knows it yet' },
  { kind: 'no-declarant', detail: 'The consignee alone may declare' },
  { kind: 'importer-number', detail: 'The importer is named by a number' },
];

const slotZone = {
  ...{ carrier: 'easypost', countries: ['DE'], postalCodePrefixes: ['20'], timeZone: 'Europe/Berlin' },
  templates: [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({
    ...{ weekday, from: '08:00', to: '12:00', kind: 'timed', capacity: 400, cutOffHours: 24 },
    surcharge: { amount: 490, currency: 'EUR' },
  })),
  exceptions: [
    { kind: 'closed', date: '2026-12-25', from: '08:00' },
    { kind: 'capacity', date: '2026-12-24', from: '08:00', capacity: 0 },
  ],
};

export const basket = {
  destination: { country: 'DE', region: 'HH', postalCode: '20095' },
  currency: 'EUR',
  lines: [
    { sku: 'MAT-YOGA', quantity: 1 },
    { sku: 'TSHIRT-COTTON-NAVY', quantity: 2 },
  ],
  ...{ incoterm: 'DDP', service: 'standard', paymentMethod: 'card' },
};

/** The basket with a delivery slot. */
export const withSlot = (slotId: string) => ({ ...basket, deliverySlot: { slotId } });

export { product };

/** Requests of every route with input. Together they have every field and every kind of body of the contract. */
export function fullRequests({ quoteId, slotQuoteId, slotId }: References): FullRequest[] {
  return [
    { route: 'catalogue/put-product', params: { sku: 'FUZZ' }, body: product },
    { route: 'catalogue/put-product', params: { sku: 'FUZZ-2' }, body: otherProduct },
    ...[product, otherProduct].map(
      (each): FullRequest => ({
        route: 'catalogue/post-products-import',
        body: { dryRun: false, products: [{ sku: 'FUZZ-3', ...each }] },
      }),
    ),
    {
      route: 'catalogue/get-products',
      query: { hsCode: '61', limit: '10', cursor: Buffer.from('610910#FUZZ').toString('base64url') },
    },
    { route: 'catalogue/get-product', params: { sku: 'FUZZ' } },
    {
      route: 'catalogue/get-products-check',
      query: {
        ...{ country: 'DE', date: '2026-11-20', from: 'CN', units: '2', channel: 'post', freight: '5' },
        ...{ policy: 'median', limit: '10', cursor: '610910#FUZZ' },
      },
    },
    {
      route: 'catalogue/post-costs-import',
      body: {
        dryRun: false,
        purchase: [
          {
            ...{ sku: 'MUG', validFrom: '2026-01-01', purchase: { amount: 1_450, currency: 'CNY' } },
            firstLeg: { amount: 32, currency: 'EUR' },
          },
        ],
        marketing: [
          {
            ...{ storefrontId: 'shop', market: 'DE', channel: 'search', day: '2026-01-15' },
            amount: { amount: 4_250, currency: 'EUR' },
          },
        ],
      },
    },
    { route: 'setup/put-warehouse', params: { warehouseId: 'pl-poznan' }, body: warehouse },
    {
      route: 'setup/get-warehouses',
      query: { limit: '10', cursor: Buffer.from('cn-shenzhen').toString('base64url') },
    },
    { route: 'setup/get-warehouse', params: { warehouseId: 'pl-poznan' } },
    { route: 'setup/get-carriers' },
    {
      route: 'setup/put-carrier-health',
      params: { code: 'easypost' },
      body: {
        ...{ status: 'down', services: ['express'], until: '2099-01-01T00:00:00.000Z' },
        reason: 'strike at the hub',
      },
    },
    { route: 'setup/get-carrier-health', params: { code: 'easypost' } },
    { route: 'setup/put-seller', body: seller },
    { route: 'setup/get-seller' },
    {
      route: 'setup/put-exchange-rates',
      body: { ...sampleRates, kind: 'daily', spreadBasisPoints: 100 },
    },
    {
      route: 'setup/put-exchange-rates',
      body: { ...sampleRates, kind: 'hmrc-month', month: '2026-11' },
    },
    {
      route: 'setup/get-exchange-rates',
      query: { kind: 'daily', limit: '2', cursor: Buffer.from('2099-01-01').toString('base64url') },
    },
    ...ruleRows.map((row): FullRequest => {
      const rows = [{ id: `fuzz-${row.kind}`, ...row }];
      return {
        route: 'setup/post-rules-import',
        body: { dryRun: false, file: { title: 'of the tests', defaults: rule, rows } },
      };
    }),
    { route: 'setup/get-rules', query: { destination: 'DE', date: '2026-11-20' } },
    { route: 'setup/get-tariffs' },
    { route: 'setup/post-tariffs-import', body: { dryRun: false, ...tariffEdition } },
    {
      ...{ route: 'setup/put-storefront', params: { storefrontId: 'fuzz-shop' } },
      body: { name: 'Fuzz shop', takesFreeOrders: true },
    },
    { route: 'setup/put-slots', params: { zoneId: 'de-hamburg' }, body: slotZone },
    { route: 'stock/post-stock-movement', body: { kind: 'receive', ...movement } },
    { route: 'stock/post-stock-movement', body: { kind: 'adjust', ...movement, reason: 'counted' } },
    {
      route: 'stock/post-stock-movement',
      body: {
        ...{ kind: 'dispatch-transfer', ...movement, quantity: 9, toWarehouseId: 'cn-shenzhen', transferId },
        expectedAt: '2099-01-01T00:00:00.000Z',
      },
    },
    {
      route: 'stock/post-stock-movement',
      body: {
        ...{ kind: 'receive-transfer', ...movement, warehouseId: 'cn-shenzhen', transferId },
        writeOff: { quantity: 1, reason: 'broken' },
      },
    },
    { route: 'stock/get-stock', params: { sku: 'MAT-YOGA' }, query: { rebuilt: 'true' } },
    {
      route: 'stock/get-stock-list',
      query: {
        ...{ warehouse: 'pl-poznan', limit: '10' },
        cursor: Buffer.from('392490#MUG').toString('base64url'),
      },
    },
    {
      route: 'stock/get-stock-entries',
      params: { sku: 'MAT-YOGA' },
      query: { limit: '10', cursor: Buffer.from('1#').toString('base64url') },
    },
    {
      route: 'stock/put-stock-buckets',
      params: { sku: 'MAT-YOGA' },
      body: { warehouseId: 'pl-poznan', buckets: 2 },
    },
    {
      route: '1-quote/get-payment-methods',
      query: {
        ...{ country: 'DE', currency: 'EUR', amount: '1990', goods: '610910,640399' },
        sentFrom: '2099-01-15',
      },
    },
    { route: '1-quote/get-sellable-products', query: { country: 'DE', region: 'HH', skus: 'FUZZ,MAT-YOGA' } },
    { route: '1-quote/post-quote', body: withSlot(slotId) },
    { route: '1-quote/post-quote-refresh', params: { quoteId }, query: { slotId } },
    {
      route: '1-quote/get-delivery-slots',
      query: {
        ...{ country: 'DE', postalCode: '20095', from: '2026-12-01', carrier: 'easypost' },
        ...{ quoteId, optionId: 'opt-1' },
      },
    },
    {
      route: '1-quote/post-slot-hold',
      params: { slotId },
      body: { quoteId: slotQuoteId, optionId: 'opt-1' },
    },
    ...replenishmentRequests,
    { route: 'reports/post-visits', body: visit },
    {
      route: '2-order/post-order',
      body: {
        ...{ quoteId, optionId: 'opt-1', channel: 'search' },
        customer: { email: 'erika@example.com', phone: '+4940123456' },
        shippingAddress: address,
        billingAddress: address,
        payment: { method: 'card', returnUrl: 'https://shop.example.com/done', vpa: 'erika@okbank' },
      },
    },
    {
      route: '2-order/post-order',
      isRefused: true,
      body: {
        ...{
          quoteId,
          customer: { email: 'erika@example.com', phone: '+493012345678' },
          payment: { method: 'card', instalments: 3 },
        },
        shippingAddress: { ...brazilian, taxId: '529.982.247-25' },
        billingAddress: { ...brazilian, taxId: '529.982.247-25' },
        deliverySlot: { holdId: 'hld_01KAXB3J5K0000000000000000' },
      },
    },
    { route: '2-order/get-orders', query: { status: 'open', limit: '10' } },
    {
      route: '2-order/post-acknowledgement',
      isRefused: true,
      params: { orderId: 'ord_01KAXB3J5K0000000000000000' },
      body: {
        ...{ reason: 'label-not-voided', parcelId: 'par_01KAXB3J5K0000000000000000' },
        carrierShipmentId: 'shp_1',
        dispatchId: 'dsp_01KAXB3J5K0000000000000000',
        trackingNumber: 'EZ1000000001',
      },
    },
    {
      route: '2-order/post-parcel-closing',
      isRefused: true,
      params: { orderId: 'ord_01KAXB3J5K0000000000000000' },
      body: {
        ...{ parcelId: 'par_01KAXB3J5K0000000000000000', outcome: 'returned' },
        restock: [{ sku: 'FUZZ', sellable: 1, writtenOff: 1 }],
        refund: { amount: 100, currency: 'EUR' },
      },
    },
    {
      route: 'privacy/post-erasure',
      body: { email: 'nobody@example.com', dryRun: true },
    },
    {
      route: 'privacy/post-erasure',
      isRefused: true,
      body: { orderIds: ['ord_01KAXB3J5K0000000000000000'], email: 'nobody@example.com', dryRun: false },
    },
    {
      route: 'privacy/get-erasure',
      isRefused: true,
      params: { erasureId: 'era_01KAXB3J5K0000000000000000' },
    },
    {
      route: '4-screening/post-decision',
      isRefused: true,
      params: { orderId: 'ord_01KAXB3J5K0000000000000000', decision: 'refund' },
      body: { amount: { amount: 100, currency: 'EUR' } },
    },
    {
      route: '4-screening/post-decision',
      isRefused: true,
      params: { orderId: 'ord_01KAXB3J5K0000000000000000', decision: 'refund' },
      body: {
        lines: [
          { sku: 'FUZZ', quantity: 1 },
          { lineId: 'line-1', quantity: 1 },
        ],
        shipping: true,
      },
    },
    {
      route: '3-payment/post-reconciliation',
      body: {
        ...{ provider: 'stripe', dryRun: true },
        rows: [
          {
            ...{
              rowId: 'txn_1',
              kind: 'payment',
              reference: 'ch_1',
              orderId: 'ord_01KAXB3J5K0000000000000000',
            },
            ...{ gross: { amount: 100, currency: 'EUR' }, fee: { amount: 2, currency: 'EUR' } },
            ...{ held: { amount: 0, currency: 'EUR' }, net: { amount: 98, currency: 'EUR' } },
            ...{ at: '2026-11-29T10:00:00.000Z', payoutId: 'po_1' },
          },
        ],
      },
    },
    {
      route: '3-payment/get-dispute-evidence',
      isRefused: true,
      params: { orderId: 'ord_01KAXB3J5K0000000000000000', disputeId: 'du_1' },
    },
    {
      route: '3-payment/post-dispute-evidence',
      isRefused: true,
      params: { orderId: 'ord_01KAXB3J5K0000000000000000', disputeId: 'du_1' },
      body: { by: 'hand', reference: 'SEPA-2026-0117' },
    },
    { route: '3-payment/get-reconciliations', params: { provider: 'stripe' } },
    {
      route: '3-payment/get-payment-costs',
      query: { country: 'DE', currency: 'EUR', amount: '1990', goods: '610910' },
    },
    {
      route: '5-shipping/post-carrier-invoices',
      body: {
        dryRun: true,
        lines: [
          {
            ...{ carrier: 'easypost', invoiceNumber: 'INV-1', trackingNumber: 'EZ1000000001' },
            ...{ amount: { amount: 1_180, currency: 'EUR' }, billedWeightGrams: 900 },
          },
        ],
      },
    },
    {
      route: '5-shipping/post-freight-settlement',
      isRefused: true,
      params: { orderId: 'ord_01KAXB3J5K0000000000000000' },
      body: {
        ...{ parcelId: 'par_01KAXB3J5K0000000000000000', carrier: 'easypost', invoiceNumber: 'INV-1' },
        ...{ trackingNumber: 'EZ1000000001', outcome: 'credited' },
      },
    },
    { route: 'reports/get-report', params: { name: 'ioss' }, query: { period: '2026-10' } },
    { route: 'reports/get-reports', query: { report: 'sales', limit: '10' } },
    { route: '2-order/get-order', isRefused: true, params: { orderId: 'ord_01KAXB3J5K0000000000000000' } },
    {
      route: '2-order/get-order-for-operator',
      isRefused: true,
      params: { orderId: 'ord_01KAXB3J5K0000000000000000' },
    },
    {
      route: '4-screening/post-decision',
      isRefused: true,
      params: { orderId: 'ord_01KAXB3J5K0000000000000000', decision: 'refund' },
      body: { amount: { amount: 100, currency: 'EUR' }, by: 'bank-transfer' },
    },
    {
      route: '4-screening/post-decision',
      isRefused: true,
      params: { orderId: 'ord_01KAXB3J5K0000000000000000', decision: 'refund' },
      body: { refundId: 'ref_01KAXB3J5K0000000000000000', reference: 'SEPA-2026-0117' },
    },
    {
      route: '2-order/post-payment',
      isRefused: true,
      params: { orderId: 'ord_01KAXB3J5K0000000000000000' },
      body: { method: 'card', returnUrl: 'https://shop.example.com/thanks', vpa: 'erika@okbank' },
    },
    {
      route: '2-order/post-cancellation',
      isRefused: true,
      params: { orderId: 'ord_01KAXB3J5K0000000000000000' },
    },
  ];
}
