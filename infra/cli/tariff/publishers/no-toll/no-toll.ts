import * as z from 'zod';
import type { ScheduleLine } from '../../../../../shared/duties/schedules/schedule.ts';
import type { CalendarDate } from '../../../../../shared/kernel/time.ts';
import { BadFile, readJson } from '../../../terminal/bad-file.ts';
import { fileText } from '../../file-text.ts';
import {
  expressRate,
  isUnreadable,
  minorOf,
  type Term,
  type Unreadable,
  unreadable,
} from '../../rates/express-rate.ts';
import { goodsText } from '../goods-text.ts';
import type { PublishedFile, Publisher, ReadLines, Unparsed } from '../publisher.ts';
import { descriptionsOf } from './commodity-texts.ts';

/** The country group of the ordinary rate, which is for every country without an agreement. */
const ORDINARY = 'TALL';
/** A rate of this many kroner or per cent says that the group has none. */
const NONE = 999_999;

const rateSchema = z.object({
  satsVerdi: z.string().regex(/^\d{1,12},\d{1,6}$/, 'no rate with a decimal comma'),
  satsEnhet: z.string().nullable(),
  satsEnhetBeskrivelse: z.string().nullish(),
  fomdato: z.string(),
  tomdato: z.string().nullish(),
});

const ratesFileSchema = z.object({
  varer: z.array(
    z.object({
      id: z.string().regex(/^\d{8}$/, 'no code of eight digits'),
      avtalesatser: z.array(z.object({ landgruppe: z.string(), sats: z.array(rateSchema) })),
    }),
  ),
});

type Commodity = z.infer<typeof ratesFileSchema>['varer'][number];
type Rate = z.infer<typeof rateSchema>;

/**
 * The customs duty rates of Norwegian Customs (tollavgiftssats), JSON, with the structure of the tariff for the
 * descriptions. Only ordinary rates are read; the rates of agreements are by groups of countries whose members are in
 * another data set.
 */
export const noToll: Publisher = {
  name: 'no-toll',
  tariff: 'no',
  title:
    'Norwegian Customs, open data: tollavgiftssats.json, with customstariffstructure.json for the descriptions ' +
    '(https://data.toll.no)',
  header: {
    hs: 'HS2022',
    law: 'Tolltariffen, ordinary customs duty',
    provenance: 'published',
    confidence: 'high',
  },
  read(files, on) {
    const read = files.map((file) => ({ file, json: readJson(file.name, fileText(file)) }));
    const goods = new Map(read.flatMap(({ json }) => descriptionsOf(json)));
    const commodities = read.flatMap(({ file, json }) => commoditiesOf(file, json));
    if (commodities.length === 0)
      throw new BadFile(`${files[0]?.name}: no file has the rates, a list with the name "varer"`);
    return linesOf(commodities, goods, on);
  },
};

/** The commodities of a file of rates; none if the file is the structure of the tariff. */
function commoditiesOf({ name }: PublishedFile, json: unknown): readonly Commodity[] {
  if (typeof json !== 'object' || json === null || !('varer' in json)) return [];
  const { data, error } = ratesFileSchema.safeParse(json);
  if (data !== undefined) return data.varer;
  const [first] = error?.issues ?? [];
  throw new BadFile(`${name}: ${first?.path.join('.')}: ${first?.message}`);
}

function linesOf(
  commodities: readonly Commodity[],
  goods: ReadonlyMap<string, readonly string[]>,
  on: CalendarDate,
): ReadLines {
  const lines: ScheduleLine[] = [];
  const unparsed: Unparsed[] = [];
  for (const { id: code, avtalesatser } of commodities) {
    const rates = avtalesatser
      .filter(({ landgruppe }) => landgruppe === ORDINARY)
      .flatMap(({ sats }) => sats)
      .filter(({ fomdato, tomdato }) => fomdato <= on && ((tomdato ?? '') === '' || on <= (tomdato ?? '')))
      .filter(({ satsVerdi }) => Number.parseInt(satsVerdi, 10) < NONE);
    // A code without an ordinary rate on the day is one that was closed or is not in force yet.
    if (rates.length === 0) continue;
    const text = rates.map(textOf).join(' / ');
    const rate = rateOf(rates);
    if (isUnreadable(rate)) unparsed.push({ code, text, reason: rate.unreadable });
    lines.push({
      code,
      goods: goodsText(goods.get(code) ?? [`Commodity ${code}`]),
      text,
      rate: isUnreadable(rate) ? undefined : rate,
    });
  }
  return { lines, unparsed, read: commodities.length };
}

const SEVERAL = 'several ordinary rates on one day';

function rateOf(rates: readonly Rate[]): ReturnType<typeof expressRate> {
  const [rate] = rates;
  if (rate === undefined || rates.length > 1) return { unreadable: SEVERAL };
  const term = termOf(rate);
  return isUnreadable(term) ? term : expressRate({ own: [term] }, 'NOK');
}

/** `P` is a percentage of the value, `K` kroner for a kilogram; the words of other units say whether it is a piece. */
function termOf({ satsVerdi, satsEnhet, satsEnhetBeskrivelse }: Rate): Term | Unreadable {
  const figure = satsVerdi.replace(',', '.');
  if (satsEnhet === 'P') return { percent: figure };
  // Nothing for any unit is no duty.
  if (Number(figure) === 0) return { percent: '0' };
  const unit = satsEnhet === 'K' ? 'kg' : /\bstk\b/i.test(satsEnhetBeskrivelse ?? '') ? 'piece' : undefined;
  if (unit === undefined) return { unreadable: unreadable.unit };
  return { minor: minorOf(figure, 'NOK'), currency: 'NOK', per: { of: unit, count: 1 } };
}

const textOf = ({ satsVerdi, satsEnhet, satsEnhetBeskrivelse }: Rate) =>
  satsEnhet === 'P' ? `${satsVerdi} %` : `${satsVerdi} kr ${satsEnhetBeskrivelse ?? satsEnhet ?? ''}`.trim();
