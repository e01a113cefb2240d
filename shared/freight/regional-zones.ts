import type { Country } from '../kernel/country.ts';

/** How the time zones of a country with several are found. */
export interface RegionalZones {
  /** The westernmost zone with deliveries: a parcel that is late there is late everywhere. */
  readonly westernmost: string;
  /** `from-to zone` by the first characters of the postal code, inclusive; the first match applies. */
  readonly postalCodes: string;
  /** `zone: subdivisions` by ISO 3166-2, used without a postal code. */
  readonly regions: string;
}

/**
 * Countries where the zone matters for a promise. A prefix or a subdivision that spans two zones has the western one:
 * the promise is rather an hour too late than too early. Sources: IANA time zone database 2025b; the postal numbering
 * plans of USPS (three-digit ZIP prefixes), Canada Post, Australia Post, Correios, Correos de México, Pos Indonesia.
 */
export const regionalZones: Readonly<Record<Country, RegionalZones>> = {
  US: {
    westernmost: 'Pacific/Honolulu',
    postalCodes: `
      006-009 America/Puerto_Rico; 005-005 America/New_York; 010-323 America/New_York; 324-325 America/Chicago;
      326-349 America/New_York; 350-397 America/Chicago; 398-419 America/New_York; 420-427 America/Chicago;
      430-462 America/New_York; 463-464 America/Chicago; 465-474 America/New_York; 475-477 America/Chicago;
      478-497 America/New_York; 498-574 America/Chicago; 575-577 America/Denver; 580-584 America/Chicago;
      585-599 America/Denver; 600-676 America/Chicago; 677-679 America/Denver; 680-689 America/Chicago;
      690-693 America/Denver; 700-797 America/Chicago; 798-834 America/Denver; 835-835 America/Los_Angeles;
      836-837 America/Denver; 838-838 America/Los_Angeles; 840-847 America/Denver; 850-865 America/Phoenix;
      870-885 America/Denver; 889-961 America/Los_Angeles; 967-968 Pacific/Honolulu; 969-969 Pacific/Guam;
      970-994 America/Los_Angeles; 995-999 America/Anchorage`,
    regions: `
      America/New_York: CT DC DE GA MA MD ME NC NH NJ NY OH PA RI SC VA VT WV; America/Puerto_Rico: PR VI;
      America/Chicago: AL AR FL IA IL IN KY LA MI MN MO MS OK TN WI; America/Phoenix: AZ; Pacific/Guam: GU MP;
      America/Denver: CO KS MT ND NE NM SD TX UT WY; America/Los_Angeles: CA ID NV OR WA;
      America/Anchorage: AK; Pacific/Honolulu: HI`,
  },
  CA: {
    westernmost: 'America/Vancouver',
    postalCodes: `
      A-A America/St_Johns; B-E America/Halifax; G-N America/Toronto; P-P America/Winnipeg; R-R America/Winnipeg;
      S-S America/Regina; T-T America/Edmonton; V-V America/Vancouver; X-X America/Edmonton; Y-Y America/Whitehorse`,
    regions: `
      America/Halifax: NB NL NS PE; America/Toronto: QC; America/Winnipeg: MB ON; America/Regina: SK;
      America/Edmonton: AB NT NU; America/Vancouver: BC; America/Whitehorse: YT`,
  },
  AU: {
    westernmost: 'Australia/Perth',
    postalCodes: `
      02-02 Australia/Sydney; 08-09 Australia/Darwin; 2880-2880 Australia/Adelaide; 1-2 Australia/Sydney;
      3-3 Australia/Melbourne; 4-4 Australia/Brisbane; 5-5 Australia/Adelaide; 6-6 Australia/Perth;
      7-7 Australia/Hobart`,
    regions: `
      Australia/Adelaide: NSW SA; Australia/Sydney: ACT; Australia/Melbourne: VIC; Australia/Brisbane: QLD;
      Australia/Perth: WA; Australia/Hobart: TAS; Australia/Darwin: NT`,
  },
  BR: {
    westernmost: 'America/Rio_Branco',
    postalCodes: `
      699-699 America/Rio_Branco; 690-698 America/Manaus; 768-769 America/Porto_Velho; 780-788 America/Cuiaba;
      790-799 America/Campo_Grande; 0-9 America/Sao_Paulo`,
    regions: `
      America/Rio_Branco: AC AM; America/Manaus: RR; America/Porto_Velho: RO; America/Cuiaba: MT;
      America/Campo_Grande: MS;
      America/Sao_Paulo: AL AP BA CE DF ES GO MA MG PA PB PE PI PR RJ RN RS SC SE SP TO`,
  },
  MX: {
    westernmost: 'America/Tijuana',
    postalCodes: `
      21-22 America/Tijuana; 23-23 America/Mazatlan; 32-32 America/Ciudad_Juarez; 63-63 America/Mazatlan;
      77-77 America/Cancun; 80-82 America/Mazatlan; 83-85 America/Hermosillo; 0-9 America/Mexico_City`,
    regions: `
      America/Tijuana: BCN; America/Hermosillo: SON; America/Mazatlan: BCS NAY SIN; America/Cancun: ROO;
      America/Ciudad_Juarez: CHH;
      America/Mexico_City: AGU CAM CHP CMX COA COL DUR GRO GUA HID JAL MEX MIC MOR NLE OAX PUE QUE SLP TAB TAM TLA VER
      YUC ZAC`,
  },
  ID: {
    westernmost: 'Asia/Jakarta',
    postalCodes: `
      1-6 Asia/Jakarta; 70-72 Asia/Makassar; 73-74 Asia/Jakarta; 75-77 Asia/Makassar; 78-79 Asia/Jakarta;
      80-96 Asia/Makassar; 97-99 Asia/Jayapura`,
    regions: `
      Asia/Makassar: BA GO KI KS KU NB NT SA SG SN SR ST; Asia/Jayapura: MA MU PA PB PD PE PS PT`,
  },
  ES: {
    westernmost: 'Europe/Madrid',
    postalCodes: '35-35 Atlantic/Canary; 38-38 Atlantic/Canary',
    regions: 'Atlantic/Canary: CN GC TF',
  },
  PT: {
    westernmost: 'Europe/Lisbon',
    postalCodes: '90-94 Atlantic/Madeira; 95-99 Atlantic/Azores',
    regions: 'Atlantic/Azores: 20; Atlantic/Madeira: 30',
  },
  RU: { westernmost: 'Europe/Kaliningrad', postalCodes: '', regions: 'Europe/Moscow: MOW MOS SPE LEN' },
  KZ: { westernmost: 'Asia/Almaty', postalCodes: '', regions: '' },
  CL: { westernmost: 'America/Santiago', postalCodes: '', regions: '' },
};
