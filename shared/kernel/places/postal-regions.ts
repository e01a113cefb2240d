import type { Country } from '../country.ts';
import { lookUp } from '../look-up.ts';

/**
 * The region of a postal code, by the beginning of the code: `from-to region`, inclusive, or `prefix region`. Regions
 * are joined by a slash where one prefix serves several. The first match counts. Sources: USPS Publication 65 and
 * Labeling List L002 (three-digit ZIP prefixes); Canada Post, Addressing Guidelines (first letter; X0A to X0C are
 * Nunavut); Correios, Guia Postal (ranges of a CEP); Australia Post, postcode ranges and the postcodes that cross a
 * border; Correos de México (first two digits); India Post, PIN (sorting districts); Japan Post, postal numbers (first
 * two digits, with the areas that cross a border); China Post, GB/T 2260 and postal zones (first two digits).
 */
const TABLES: Readonly<Record<Country, string>> = {
  US: `
    06390 NY; 83414 WY; 739 OK/TX; 005 NY; 006-007 PR; 008 VI; 009 PR; 010-027 MA; 028-029 RI; 030-038 NH; 039-049 ME;
    050-054 VT; 055 MA; 056-059 VT; 060-069 CT; 070-089 NJ; 090-098 AE; 100-149 NY; 150-196 PA; 197-199 DE;
    200 DC; 201 VA; 202-205 DC; 206-212 MD; 214-219 MD; 220-246 VA; 247-268 WV; 270-289 NC; 290-299 SC; 300-319 GA;
    320-339 FL; 340 AA; 341-342 FL; 344 FL; 346-347 FL; 349 FL; 350-352 AL; 354-369 AL; 370-385 TN; 386-397 MS;
    398-399 GA; 400-418 KY; 420-421 KY; 42223 KY/TN; 422-427 KY; 430-458 OH; 459 OH; 460-479 IN; 480-499 MI;
    500-516 IA; 520-528 IA; 530-532 WI; 534-535 WI; 537-549 WI; 550-551 MN; 553-567 MN; 569 DC; 570-577 SD;
    580-588 ND; 590-599 MT; 600-620 IL; 622-629 IL; 630-631 MO; 633-641 MO; 644-658 MO; 660-662 KS; 664-679 KS;
    680-681 NE; 683-693 NE; 700-701 LA; 703-708 LA; 710-714 LA; 716-729 AR; 730-731 OK; 733 TX; 734-741 OK;
    743-749 OK; 750-770 TX; 772-799 TX; 800-816 CO; 820-831 WY; 832-838 ID; 840-847 UT; 850-853 AZ; 855-857 AZ;
    859-860 AZ; 863-864 AZ; 865 AZ; 870-875 NM; 877-884 NM; 885 TX; 889-891 NV; 893-895 NV; 897-898 NV; 900-908 CA;
    910-928 CA; 930-961 CA; 962-966 AP; 96799 AS; 96950-96952 MP; 96941-96944 FM; 96939-96940 PW; 96960 MH; 96970 MH; 96898 UM; 967-968 HI; 969 GU; 970-979 OR; 980-986 WA; 988-994 WA;
    995-999 AK`,
  CA: `
    A NL; B NS; C PE; E NB; G-H QC; J QC; K-N ON; P ON; R MB; S SK; T AB; V BC; X0A-X0C NU; X NT; Y YT`,
  BR: `
    01-19 SP; 20-28 RJ; 29 ES; 30-39 MG; 40-48 BA; 49 SE; 50-56 PE; 57 AL; 58 PB; 59 RN; 60-63 CE; 64 PI; 65 MA;
    660-688 PA; 689 AP; 690-692 AM; 693 RR; 694-698 AM; 699 AC; 700-727 DF; 728-729 GO; 730-736 DF; 737-767 GO;
    768-769 RO; 77 TO; 780-788 MT; 79 MS; 80-87 PR; 88-89 SC; 90-99 RS`,
  AU: `
    0872 NT/SA/WA; 2406 NSW/QLD; 2540 NSW/ACT; 2611 ACT/NSW; 2618 ACT/NSW; 2620 NSW/ACT; 2648 NSW/VIC; 2890 NSW;
    3500 VIC/NSW; 3585-3586 VIC/NSW; 3639 VIC/NSW; 3644 VIC/NSW; 3691 VIC/NSW; 3707 VIC/NSW; 4375 QLD/NSW; 4377 QLD/NSW;
    4380 QLD/NSW; 4383 QLD/NSW; 4385 QLD/NSW; 4493 QLD/NSW; 4825 QLD/NT; 5440 SA/NSW; 02 ACT; 08-09 NT;
    1000-2599 NSW; 2600-2617 ACT; 2619-2899 NSW; 2900-2920 ACT; 2921-2999 NSW; 3 VIC; 4 QLD; 5 SA; 6 WA; 7 TAS;
    8 VIC; 9 QLD`,
  MX: `
    01-16 CMX; 20 AGU; 21-22 BCN; 23 BCS; 24 CAM; 25-27 COA; 28 COL; 29-30 CHP; 31-33 CHH; 34-35 DUR; 36-38 GUA;
    39-41 GRO; 42-43 HID; 44-49 JAL; 50-57 MEX; 58-61 MIC; 62 MOR; 63 NAY; 64-67 NLE; 68-71 OAX; 72-75 PUE; 76 QUE;
    77 ROO; 78-79 SLP; 80-82 SIN; 83-85 SON; 86 TAB; 87-89 TAM; 90 TLA; 91-96 VER; 97 YUC; 98-99 ZAC`,
  IN: `
    11 DL; 12-13 HR; 160 CH/PB/HR; 140 PB/CH; 14-15 PB; 16 PB; 17 HP; 194 JK/LA; 18-19 JK; 244-249 UP/UK;
    262-263 UP/UK; 20-28 UP; 30-34 RJ; 362 GJ/DH; 396 GJ/DH; 36-39 GJ; 403 GA; 40-44 MH; 45-48 MP; 49 CG; 50 TS;
    51-53 AP; 56-59 KA; 605 TN/PY; 607 TN/PY; 609 TN/PY; 60-66 TN; 673 KL/PY; 682 KL/LD; 67-69 KL; 737 SK; 744 AN;
    70-74 WB; 75-77 OD; 78 AS; 790-792 AR; 793-794 ML; 795 MN; 796 MZ; 797-798 NL; 799 TR; 814-816 JH; 822 JH;
    825-835 JH; 80-85 BR/JH; 853-855 BR`,
  JP: `
    306 08/11; 340-349 11/08/12; 311 08; 384-389 20/10/15; 410-439 22; 498 23/24; 509 21/23; 563 27/28; 618 26/27;
    619 26/29; 630 29/26; 639 29/27; 647-648 30/29/24; 666 28/27; 684 31/32; 699 32/35; 720 34/33; 811 40/42;
    817 42; 843-848 41/42; 871 44/40; 916-922 18/17; 932-939 16/17; 949 15/20; 979 07/04; 986-989 04/03; 00 01;
    04-09 01; 01 05; 02 03; 03 02; 10-20 13; 21-25 14; 26-29 12; 30-31 08; 32 09; 33-36 11; 37 10; 38-39 20; 40 19;
    41-43 22; 44-49 23; 50 21; 51 24; 52 25; 53-59 27; 60-62 26; 63 29; 64 30; 65-67 28; 68 31; 69 32; 70-71 33;
    72-73 34; 74-75 35; 76 37; 77 36; 78 39; 79 38; 80-83 40; 84 41; 85 42; 86 43; 87 44; 88 45; 89 46; 90 47; 91 18;
    92 17; 93 16; 94-95 15; 96-97 07; 98 04; 99 06`,
  CN: `
    999077 HK; 999078 MO; 999079 TW; 01-02 NM; 03-04 SX; 05-07 HE; 10 BJ; 11-12 LN; 13 JL; 15-16 HL; 20 SH; 21-22 JS;
    23-24 AH; 25-27 SD; 30 TJ; 31-32 ZJ; 33-34 JX; 35-36 FJ; 40 CQ; 41-42 HN; 43-44 HB; 45-47 HA; 51-52 GD; 53-54 GX;
    55-56 GZ; 57 HI; 61-64 SC; 65-67 YN; 71-72 SN; 73-74 GS; 75 NX; 81 QH; 83-84 XJ; 85-86 XZ`,
};

interface Area {
  readonly from: string;
  readonly to: string;
  readonly regions: readonly string[];
}

const tables = new Map<Country, readonly Area[]>();

/**
 * The regions that a postal code can be in; undefined where the country has no table or the table does not have the
 * code. The code has neither spaces nor dashes.
 */
export function regionsOfPostalCode(country: Country, bareCode: string): readonly string[] | undefined {
  return tableOf(country)?.find(({ from, to }) => {
    const start = bareCode.slice(0, from.length);
    return start.length === from.length && start >= from && start <= to;
  })?.regions;
}

/** Whether postal codes tell the region there. */
export function tellsRegions(country: Country): boolean {
  return lookUp(TABLES, country) !== undefined;
}

function tableOf(country: Country): readonly Area[] | undefined {
  const known = tables.get(country);
  const written = known === undefined ? lookUp(TABLES, country) : undefined;
  if (written === undefined) return known;
  const table = written.split(';').map((entry): Area => {
    const [range = '', regions = ''] = entry.trim().split(' ');
    const [from = '', to = from] = range.split('-');
    return { from, to, regions: regions.split('/') };
  });
  tables.set(country, table);
  return table;
}
