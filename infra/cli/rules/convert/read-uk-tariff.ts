import { ukAgreements } from '../../tariff/publishers/uk-tariff/uk-agreements.ts';
import { isUnreadable, unreadable } from '../../tariff/rates/express-rate.ts';
import { type JsonApiDocument, type Resource, readJsonApi, textOf } from '../../tariff/rates/json-api.ts';
import { measureTypes, prefixOf, unnamedOrigin } from '../../tariff/rates/taric-codes.ts';
import { areaOf, dutyOf, originsOf } from '../../tariff/rates/uk-measure.ts';
import { readJson } from '../../terminal/bad-file.ts';
import { elementLines } from '../../terminal/element-lines.ts';
import {
  type Agreement,
  createCounts,
  type ReadOptions,
  type ReadSchedule,
  type ScheduleFormat,
  type ScheduleItem,
  type SourceFile,
  type Unconverted,
} from './schedule.ts';

/** The agreement for each area of origin that belongs to a named agreement of the rules. */
const AGREEMENTS: ReadonlyMap<string, Agreement> = new Map(
  Object.entries(ukAgreements).map(([area, code]) => [area, { code }]),
);

/**
 * The UK tariff from the Trade Tariff API, with one document for each commodity (`/uk/api/commodities/{code}`). It
 * has third country duties, tariff preferences, anti-dumping and countervailing duties. Its rows are the measures.
 */
export const ukTariff: ScheduleFormat = {
  regime: 'gb',
  tariff: 'gb',
  currency: 'GBP',
  title: 'Great Britain: duties on imports, from the Trade Tariff API',
  read(files, options) {
    const left = createCounts();
    const found: Found = { items: [], codes: [], unconverted: [], read: 0 };
    for (const file of files) readCommodity(file, options, found, left.add);
    const { items, codes, read, unconverted } = found;
    const converted = items.filter(({ kind }) => kind !== 'refusal').length;
    return {
      items,
      codes,
      read,
      converted,
      inherited: 0,
      leftOut: left.counts,
      unconverted,
      unconvertedPreferences: [],
    };
  },
};

interface Found extends Pick<ReadSchedule, 'items' | 'codes' | 'unconverted' | 'read'> {
  readonly items: ScheduleItem[];
  readonly codes: string[];
  readonly unconverted: Unconverted[];
  read: number;
}

interface Measure {
  readonly document: JsonApiDocument;
  readonly measure: Resource;
  readonly code: string;
  readonly goods: string;
}

function readCommodity(
  file: SourceFile,
  options: ReadOptions,
  found: Found,
  leaveOut: (reason: string) => void,
): void {
  const document = readJsonApi(readJson(file.name, file.text));
  if (typeof document === 'string')
    throw new Error(`${file.name}:1: this is not a commodity of the API: ${document}`);
  const number = textOf(document.data, 'goods_nomenclature_item_id');
  if (!/^\d{10}$/.test(number))
    throw new Error(
      `${file.name}:1: this is not a commodity of the API: it has no goods_nomenclature_item_id`,
    );
  const code = prefixOf(number, 4);
  const goods = goodsOf(document.data, number);
  const imports = new Set(document.idsOf(document.data, 'import_measures'));
  let lines: readonly number[] | undefined;
  for (const [index, measure] of document.included.entries()) {
    if (measure.type !== 'measure' || !imports.has(measure.id)) continue;
    found.read += 1;
    const outcome = readMeasure({ document, measure, code, goods }, options);
    if (outcome.codes) found.codes.push(code);
    if (outcome.leftOut !== undefined) leaveOut(outcome.leftOut);
    if (outcome.item !== undefined) found.items.push(outcome.item);
    if (outcome.reason === undefined) continue;
    lines ??= elementLines(file.text, 'included');
    const text = `${typeOf(document, measure).text} of ${areaOf(document, measure)}: ${dutyText(document, measure)}`;
    found.unconverted.push({
      file: file.name,
      line: lines[index] ?? 1,
      code: number,
      reason: outcome.reason,
      text,
    });
  }
}

interface Outcome {
  readonly item?: ScheduleItem;
  readonly leftOut?: string;
  readonly reason?: string;
  /** Whether the measure states the code's own rate. */
  readonly codes?: boolean;
}

function readMeasure({ document, measure, code, goods }: Measure, options: ReadOptions): Outcome {
  const { id: type, text: typeText } = typeOf(document, measure);
  const meant = measureTypes[type];
  if (meant === undefined) return { leftOut: `measure type ${type} (${typeText})` };
  if (meant === 'authorised-use') return { leftOut: `measure type ${type}: needs an authorisation` };
  const origins = originsOf(document, measure);
  const area = areaOf(document, measure);
  const stated = {
    code,
    area,
    from: dayOf(measure, 'effective_start_date'),
    to: dayOf(measure, 'effective_end_date'),
    law: lawOf(document, measure, options.release),
  };
  const rate = dutyOf(document, measure);
  const additional = document.idsOf(measure, 'additional_code').length > 0;
  const why =
    origins === null
      ? 'an area of origin whose members are not stated'
      : additional
        ? 'a duty that depends on an additional code'
        : isUnreadable(rate)
          ? rate.unreadable
          : undefined;
  if (meant === 'anti-dumping' || meant === 'countervailing') {
    if (why === undefined && !isUnreadable(rate))
      return { item: { ...stated, ...originOf(origins), kind: 'additional-duty', duty: meant, rate } };
    const reason = why ?? unreadable.words;
    return { item: { ...stated, ...originOf(origins), kind: 'refusal', why: `${meant}: ${reason}` }, reason };
  }
  if (meant === 'third-country-duty') {
    if (why !== undefined || isUnreadable(rate)) return { reason: why ?? unreadable.words, codes: true };
    return { item: { ...stated, ...originOf(origins), kind: 'tariff-line', goods, rate }, codes: true };
  }
  const agreement = options.agreements.get(area) ?? AGREEMENTS.get(area);
  if (agreement === undefined) return { leftOut: unnamedOrigin };
  if (why !== undefined || isUnreadable(rate)) return { reason: why ?? unreadable.words };
  const own = agreement.origins === undefined ? originOf(origins) : { origins: { only: agreement.origins } };
  return { item: { ...stated, ...own, kind: 'preference', agreement: agreement.code, rate } };
}

const originOf = (origins: ReturnType<typeof originsOf>) =>
  origins === undefined || origins === null ? {} : { origins };

function typeOf(
  document: JsonApiDocument,
  measure: Resource,
): { readonly id: string; readonly text: string } {
  const [type] = document.related(measure, 'measure_type');
  const id = document.idsOf(measure, 'measure_type')[0] ?? '';
  return { id, text: type === undefined ? `type ${id}` : textOf(type, 'description') };
}

function dutyText(document: JsonApiDocument, measure: Resource): string {
  const [expression] = document.related(measure, 'duty_expression');
  return expression === undefined ? '' : textOf(expression, 'base');
}

function lawOf(document: JsonApiDocument, measure: Resource, release: string): string {
  const acts = document.idsOf(measure, 'legal_acts').join(', ');
  const { id, text } = typeOf(document, measure);
  return `UK Integrated Tariff, measure type ${id} ${text}${acts === '' ? '' : `, ${acts}`}, ${release}`;
}

function dayOf(measure: Resource, attribute: string): string | undefined {
  const day = textOf(measure, attribute).slice(0, 10);
  return day === '' ? undefined : day;
}

function goodsOf(commodity: Resource, number: string): string {
  const text = textOf(commodity, 'description_plain') || textOf(commodity, 'description');
  const plain = text
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return `${number}${plain === '' ? '' : `: ${plain.length > 100 ? `${plain.slice(0, 99)}…` : plain}`}`;
}
