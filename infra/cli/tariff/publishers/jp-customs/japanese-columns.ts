import type { ScheduleHeader } from '../../../../../shared/duties/schedules/schedule.ts';

/** The columns of the schedule before those of agreements: general, temporary, and of the members of the WTO. */
export const NATIONAL_COLUMNS = ['基本', '暫定', 'WTO協定', '特恵', '特別特恵'] as const;

type Agreements = NonNullable<ScheduleHeader['agreements']>;
type Column = { readonly title: string; readonly key: string } & Agreements[string];

const column = (title: string, key: string, agreement: string, ...origins: Column['origins']): Column => ({
  title,
  key,
  agreement,
  origins,
});

/** The columns of agreements in the order of the page, with the agreement and the countries whose goods it is for. */
export const AGREEMENT_COLUMNS: readonly Column[] = [
  column('EPA_シンガポール', 'jp-sg-epa', 'jp-sg-epa', 'SG'),
  column('EPA_メキシコ', 'jp-mx-epa', 'jp-mx-epa', 'MX'),
  column('EPA_マレーシア', 'jp-my-epa', 'jp-my-epa', 'MY'),
  column('EPA_チリ', 'cl-jp-epa', 'cl-jp-epa', 'CL'),
  column('EPA_タイ', 'jp-th-epa', 'jp-th-epa', 'TH'),
  column('EPA_インドネシア', 'id-jp-epa', 'id-jp-epa', 'ID'),
  column('EPA_ブルネイ', 'bn-jp-epa', 'bn-jp-epa', 'BN'),
  column('EPA_アセアン', 'ajcep', 'ajcep', 'BN', 'ID', 'KH', 'LA', 'MM', 'MY', 'PH', 'SG', 'TH', 'VN'),
  column('EPA_フィリピン', 'jp-ph-epa', 'jp-ph-epa', 'PH'),
  column('EPA_スイス', 'ch-jp-epa', 'ch-jp-epa', 'CH', 'LI'),
  column('EPA_ベトナム', 'jp-vn-epa', 'jp-vn-epa', 'VN'),
  column('EPA_インド', 'in-jp-cepa', 'in-jp-cepa', 'IN'),
  column('EPA_ペルー', 'jp-pe-epa', 'jp-pe-epa', 'PE'),
  column('EPA_豪州', 'au-jp-epa', 'au-jp-epa', 'AU'),
  column('EPA_モンゴル', 'jp-mn-epa', 'jp-mn-epa', 'MN'),
  column('EPA_CPTPP', 'cptpp', 'cptpp', 'AU', 'BN', 'CA', 'CL', 'GB', 'MX', 'MY', 'NZ', 'PE', 'SG', 'VN'),
  column(
    'EPA_欧州連合', 'eu-jp-epa', 'eu-jp-epa',
    'AT', 'BE', 'BG', 'CY', 'CZ', 'DE', 'DK', 'EE', 'ES', 'FI', 'FR', 'GR', 'HR', 'HU', 'IE', 'IT', 'LT', 'LU', 'LV',
    'MT', 'NL', 'PL', 'PT', 'RO', 'SE', 'SI', 'SK',
  ), // biome-ignore format: a list of countries
  column('EPA_英国', 'gb-jp-cepa', 'gb-jp-cepa', 'GB'),
  column(
    'EPA_RCEP_アセアン豪州NZ', 'rcep', 'rcep', 'AU', 'BN', 'ID', 'KH', 'LA', 'MY', 'NZ', 'PH', 'SG', 'TH', 'VN',
  ), // biome-ignore format: a list of countries
  column('EPA_RCEP_中国', 'rcep-cn', 'rcep', 'CN'),
  column('EPA_RCEP_韓国', 'rcep-kr', 'rcep', 'KR'),
  column('EPA_日米貿易協定', 'jp-us-ta', 'jp-us-ta', 'US'),
];

/** What the header of an edition says of the agreements. */
export const JAPANESE_AGREEMENTS: Agreements = Object.fromEntries(
  AGREEMENT_COLUMNS.map(({ key, agreement, origins }) => [key, { agreement, origins }]),
);
