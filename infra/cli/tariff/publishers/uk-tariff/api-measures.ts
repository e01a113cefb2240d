import { readJson } from '../../../terminal/bad-file.ts';
import { fileText } from '../../file-text.ts';
import { type JsonApiDocument, type Resource, readJsonApi, textOf } from '../../rates/json-api.ts';
import { areaOf, dutyOf } from '../../rates/uk-measure.ts';
import type { PublishedFile } from '../publisher.ts';
import type { UkMeasure } from './measure-lines.ts';

/** The measures on imports of a commodity of the Trade Tariff API. Throws an Error if the file has no commodity. */
export function apiMeasures(file: PublishedFile): UkMeasure[] {
  const document = readJsonApi(readJson(file.name, fileText(file)));
  if (typeof document === 'string')
    throw new Error(`${file.name}:1: this is not a commodity of the API: ${document}`);
  const code = textOf(document.data, 'goods_nomenclature_item_id');
  if (!/^\d{10}$/.test(code))
    throw new Error(
      `${file.name}:1: this is not a commodity of the API: it has no goods_nomenclature_item_id`,
    );
  const goods = plain(
    textOf(document.data, 'description_plain') || textOf(document.data, 'description') || code,
  );
  const imports = new Set(document.idsOf(document.data, 'import_measures'));
  return document.included
    .filter(({ type, id }) => type === 'measure' && imports.has(id))
    .map((measure) => ({
      code,
      goods,
      type: document.idsOf(measure, 'measure_type')[0] ?? '',
      area: areaOf(document, measure),
      text: dutyText(document, measure),
      rate: dutyOf(document, measure),
      isSpecial: isSpecial(document, measure),
      from: dayOf(measure, 'effective_start_date'),
      to: dayOf(measure, 'effective_end_date'),
    }));
}

const isSpecial = (document: JsonApiDocument, measure: Resource) =>
  ['additional_code', 'order_number', 'excluded_countries'].some(
    (relationship) => document.idsOf(measure, relationship).length > 0,
  );

function dutyText(document: JsonApiDocument, measure: Resource): string {
  const [expression] = document.related(measure, 'duty_expression');
  return plain(expression === undefined ? '' : textOf(expression, 'base'));
}

const dayOf = (measure: Resource, attribute: string) => textOf(measure, attribute).slice(0, 10);

const plain = (text: string) =>
  text
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
