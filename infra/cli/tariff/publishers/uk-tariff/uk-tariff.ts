import type { CalendarDate } from '../../../../../shared/kernel/time.ts';
import { fileText } from '../../file-text.ts';
import type { PublishedFile, Publisher } from '../publisher.ts';
import { apiMeasures } from './api-measures.ts';
import { measureLines } from './measure-lines.ts';
import { tableMeasures } from './table-measures.ts';

/**
 * The UK tariff: documents of the Trade Tariff API, one for each commodity, or the table of measures on declarable
 * commodities of the tariffs data service. Third-country duties (103), and tariff preferences (142) of areas whose
 * agreement has a name.
 */
export const ukTariff: Publisher = {
  name: 'uk-tariff',
  tariff: 'gb',
  title:
    'UK Integrated Tariff: JSON of https://www.trade-tariff.service.gov.uk/uk/api/commodities/{code}, or the CSV ' +
    '"measures-on-declarable-commodities" of https://data.api.trade.gov.uk',
  header: {
    hs: 'HS2022',
    law: 'Tariff of the United Kingdom, Customs Tariff (Establishment) (EU Exit) Regulations 2020',
    provenance: 'published',
    confidence: 'high',
  },
  read: (files: readonly PublishedFile[], on: CalendarDate) =>
    measureLines(
      files.flatMap((file) => (/^\s*\{/.test(fileText(file)) ? apiMeasures(file) : tableMeasures(file))),
      on,
    ),
};
