// THE LIST of publishers: to add one, add its folder and one line here.
import { auAbf } from './au-abf/au-abf.ts';
import { caCbsa } from './ca-cbsa/ca-cbsa.ts';
import { ecowasEtariffbook } from './ecowas-etariffbook/ecowas-etariffbook.ts';
import { euCn } from './eu-taric/eu-cn.ts';
import { euTaric } from './eu-taric/eu-taric.ts';
import { gccCommon } from './gcc-common/gcc-common.ts';
import { jpCustoms } from './jp-customs/jp-customs.ts';
import { krKcs } from './kr-kcs/kr-kcs.ts';
import { arNcm, brTec } from './mercosur-ncm/mercosur-ncm.ts';
import { noToll } from './no-toll/no-toll.ts';
import { nzWtd } from './nz-wtd/nz-wtd.ts';
import type { Publisher } from './publisher.ts';
import { saZatca } from './sa-zatca/sa-zatca.ts';
import { thItd } from './th-itd/th-itd.ts';
import { euDitCet, ukDitUkgt } from './uk-dit/uk-dit.ts';
import { ukTariff } from './uk-tariff/uk-tariff.ts';
import { usChapter99 } from './us-chapter-99/us-chapter-99.ts';
import { usHts } from './us-hts/us-hts.ts';
import { vnXnk } from './vn-xnk/vn-xnk.ts';
import { witsHs6 } from './wits-hs6/wits-hs6.ts';
import { zaSars } from './za-sars/za-sars.ts';

/** The forms of tariffs that can be converted, in the order of the help. */
export const publishers: readonly Publisher[] = [
  usHts,
  usChapter99,
  ukTariff,
  ukDitUkgt,
  euTaric,
  euCn,
  euDitCet,
  noToll,
  thItd,
  jpCustoms,
  zaSars,
  auAbf,
  nzWtd,
  caCbsa,
  krKcs,
  ecowasEtariffbook,
  arNcm,
  brTec,
  vnXnk,
  saZatca,
  gccCommon,
  witsHs6,
];
