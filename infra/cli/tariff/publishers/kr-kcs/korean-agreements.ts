import type { ScheduleHeader } from '../../../../../shared/duties/schedules/schedule.ts';

type Agreements = NonNullable<ScheduleHeader['agreements']>;

const of = (agreement: string, ...origins: Agreements[string]['origins']): Agreements[string] => ({
  agreement,
  origins,
});

const EUROPEAN_UNION = [
  'AT', 'BE', 'BG', 'CY', 'CZ', 'DE', 'DK', 'EE', 'ES', 'FI', 'FR', 'GR', 'HR', 'HU', 'IE', 'IT', 'LT', 'LU', 'LV',
  'MT', 'NL', 'PL', 'PT', 'RO', 'SE', 'SI', 'SK',
] as const; // biome-ignore format: a list of countries

const ASEAN = ['BN', 'ID', 'KH', 'LA', 'MM', 'MY', 'PH', 'SG', 'TH', 'VN'] as const;

/** The agreements by the kind of rate (관세율구분) that the Korea Customs Service writes. */
export const KOREAN_AGREEMENTS: Agreements = {
  FAS1: of('akfta', ...ASEAN),
  FAU1: of('au-kr-fta', 'AU'),
  FCA1: of('ca-kr-fta', 'CA'),
  FCL1: of('cl-kr-fta', 'CL'),
  FCN1: of('cn-kr-fta', 'CN'),
  FCO1: of('co-kr-fta', 'CO'),
  FEF1: of('efta-kr-fta', 'CH', 'IS', 'LI', 'NO'),
  FEU1: of('eu-kr-fta', ...EUROPEAN_UNION),
  FGB1: of('gb-kr-fta', 'GB'),
  FID1: of('id-kr-cepa', 'ID'),
  FIL1: of('il-kr-fta', 'IL'),
  FIN1: of('in-kr-cepa', 'IN'),
  FKH1: of('kh-kr-fta', 'KH'),
  FNZ1: of('kr-nz-fta', 'NZ'),
  FPE1: of('kr-pe-fta', 'PE'),
  FPH1: of('kr-ph-fta', 'PH'),
  FRCAS1: of('rcep', 'BN', 'ID', 'KH', 'LA', 'MM', 'MY', 'PH', 'SG', 'TH', 'VN'),
  FRCAU1: of('rcep', 'AU'),
  FRCCN1: of('rcep', 'CN'),
  FRCJP1: of('rcep', 'JP'),
  FRCNZ1: of('rcep', 'NZ'),
  FSG1: of('kr-sg-fta', 'SG'),
  FTR1: of('kr-tr-fta', 'TR'),
  FUS1: of('korus', 'US'),
  FVN1: of('kr-vn-fta', 'VN'),
};
