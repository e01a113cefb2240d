import * as z from 'zod';
import { BadFile } from '../../../terminal/bad-file.ts';
import { fileText } from '../../file-text.ts';
import { goodsUnder } from '../goods-under.ts';
import type { PublishedFile, Publisher } from '../publisher.ts';

/** A line of the e-Tariff Book: its code, and its most-favoured-nation rate in per cent. */
const bookSchema = z.array(
  z.object({
    natTarLine: z.string().regex(/^\d{6,10}$/),
    descr: z.string(),
    mfn: z.string().regex(/^\d{1,3}(\.\d{1,4})?$/),
  }),
);

/**
 * The common external tariff of ECOWAS, as the e-Tariff Book of the African Continental Free Trade Area lists it for a
 * member (JSON). Only the rate for goods of other countries is read. The rates by year under the agreement are not,
 * because the year in which a country began to apply them is not in the file.
 */
export const ecowasEtariffbook: Publisher = {
  name: 'ecowas-etariffbook',
  tariff: 'ng',
  title: 'AfCFTA e-Tariff Book, tariff of a member of ECOWAS (JSON)',
  header: {
    hs: 'HS2017',
    law: 'ECOWAS Common External Tariff (Regulation C/REG.16/12/21), most-favoured-nation rate',
    provenance: 'published',
    confidence: 'medium',
  },
  read: (files) => {
    const rows = files.flatMap(bookOf);
    const goods = goodsUnder(rows.map(({ natTarLine, descr }) => ({ code: natTarLine, text: descr })));
    const lines = rows.map(({ natTarLine, mfn }, at) => ({
      code: natTarLine,
      goods: goods[at] ?? '',
      text: `${mfn}%`,
      rate: mfn,
    }));
    return { lines, unparsed: [], read: rows.length };
  },
};

function bookOf(file: PublishedFile): z.infer<typeof bookSchema> {
  const read = bookSchema.safeParse(jsonOf(file));
  if (read.success) return read.data;
  const [problem] = read.error.issues;
  throw new BadFile(
    `${file.name}: ${problem?.path.join('.') ?? ''}: ${problem?.message ?? 'not a tariff book'}`,
  );
}

function jsonOf(file: PublishedFile): unknown {
  try {
    return JSON.parse(fileText(file));
  } catch {
    throw new BadFile(`${file.name}: the file is not JSON`);
  }
}
