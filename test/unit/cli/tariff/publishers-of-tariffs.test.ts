import { describe, expect, it } from 'vitest';
import { auAbf } from '../../../../infra/cli/tariff/publishers/au-abf/au-abf.ts';
import { caCbsa } from '../../../../infra/cli/tariff/publishers/ca-cbsa/ca-cbsa.ts';
import { ecowasEtariffbook } from '../../../../infra/cli/tariff/publishers/ecowas-etariffbook/ecowas-etariffbook.ts';
import { jpCustoms } from '../../../../infra/cli/tariff/publishers/jp-customs/jp-customs.ts';
import { krKcs } from '../../../../infra/cli/tariff/publishers/kr-kcs/kr-kcs.ts';
import { arNcm } from '../../../../infra/cli/tariff/publishers/mercosur-ncm/mercosur-ncm.ts';
import { saZatca } from '../../../../infra/cli/tariff/publishers/sa-zatca/sa-zatca.ts';
import { vnXnk } from '../../../../infra/cli/tariff/publishers/vn-xnk/vn-xnk.ts';
import { zaSars } from '../../../../infra/cli/tariff/publishers/za-sars/za-sars.ts';

const date = '2026-12-01';
const file = (text: string, name = 'file') => [{ name, bytes: new TextEncoder().encode(text) }];

const EPA = 22;
/** A row of a page of Japan Customs: number, suffix, description, national cells, the cells of agreements by place. */
function row(
  number: string,
  suffix: string,
  goods: string,
  rates: readonly string[],
  epa: Record<number, string> = {},
) {
  const agreements = Array.from({ length: EPA }, (_, at) => epa[at] ?? '');
  const national = Array.from({ length: 5 }, (_, at) => rates[at] ?? '');
  const [, indent = '0', text = ''] = /^(\d):(.*)$/.exec(goods) ?? [];
  const cells = [number, suffix, text, ...national, ...agreements, 'NO', 'KG', ''];
  const tds = cells.map(
    (cell, at) => `<td${at === 2 ? ` style="padding-left:${indent}em"` : ''}>${cell}</td>`,
  );
  return `<tr>${tds.join('')}</tr>`;
}

describe('pages of the customs tariff of Japan', () => {
  const CPTPP = 15;
  const page = `<html><table id="datatable"><tr><th>番号</th></tr>${[
    row('64.03', '', '0:履物', []),
    row('6403.99', '', '1:その他のもの', []),
    row('', '', '2:2 その他のもの', ['60%又は4,800円/足のうちいずれか高い税率']),
    row('', '022', '3:− 共通の限度数量以内のもの', ['', '24%', '(24%)']),
    row('', '029', '3:− その他のもの', ['', '', '30%又は4,300円/足のうちいずれか高い税率'], {
      [CPTPP]: '4.3%',
    }),
    row('6404.11', '000', '1:スポーツ用の履物', ['10%', '', '8%'], { [CPTPP]: '(10%)', 16: '1.5%' }),
  ].join('')}</table></html>`;

  it('lines take the cells of their headings; a line within a quota is listed and left out', () => {
    const { lines, unparsed, read } = jpCustoms.read(file(page), date);
    expect(read).toBe(3);
    expect(lines).toMatchObject([
      {
        code: '640399029',
        text: 'WTO協定 30%又は4,300円/足のうちいずれか高い税率',
        rate: { percent: '30', least: { specific: [{ minor: '4300', unit: 'pair' }] } },
        preferences: { cptpp: { rate: '4.3' } },
      },
      { code: '640411000', rate: '8', preferences: { 'eu-jp-epa': { text: '1.5%', rate: '1.5' } } },
    ]);
    expect(lines[1]?.preferences).not.toHaveProperty('cptpp');
    expect(unparsed).toMatchObject([{ code: '640399022', reason: expect.stringContaining('quota') }]);
  });

  it('a page with other columns, or without the table, is refused', () => {
    const narrow = page.replaceAll('<td>KG</td>', '');
    expect(() => jpCustoms.read(file(narrow, 'j_64.htm'), date)).toThrow(/j_64.htm: a row has 32 cells/);
    expect(() => jpCustoms.read(file('<table></table>'), date)).toThrow(/no table "datatable"/);
    expect(() => jpCustoms.read(file('code,desc\n1,2'), date)).toThrow(/no column/);
  });

  it('seasons', () => {
    const season = row('0805.10', '000', '1:1 毎年12月1日から翌年5月31日までに輸入されるもの', [
      '40%',
      '',
      '32%',
    ]);
    const { lines } = jpCustoms.read(file(`<table id="datatable">${season}</table>`), date);
    expect(lines[0]?.season).toEqual({ from: '12-01', to: '05-31' });
  });
});

describe('tables of other tariffs', () => {
  it('South Africa: headings name the lines under them', () => {
    const text = [
      'Heading / Subheading,CD,Article Description,Statistical Unit,General,EU / UK,EFTA,SADC,MERCOSUR,AfCFTA',
      '61.09,,"T-shirts, knitted:",,,,,,,',
      '6109.10,9,- Of cotton,u,45%,27%,20%,free,45%,45%',
    ].join('\n');
    const { lines } = zaSars.read(file(text), date);
    expect(lines).toMatchObject([{ code: '610910', goods: 'T-shirts, knitted: Of cotton', rate: '45' }]);
    expect(Object.keys(lines[0]?.preferences ?? {})).toEqual([
      ...['eu-sadc-epa', 'gb-sacum-epa', 'efta-sacu-fta', 'sadc-trade-protocol'],
    ]);
  });

  it('Korea: the lower of the basic and the WTO rate on the day; no rate beside a quota or for a declared use', () => {
    const head =
      '품목번호,관세율구분,관세율,단위당세액,기준가격,적용국가구분,용도세율구분,적용개시일,적용만료일';
    const text = [
      head,
      '3215110000,A,8,0,,,,20260101,20261231',
      '3215110000,C,0,0,,,,20260101,20261231',
      '3215110000,FRCJP1,3.3,0,,,,20260101,20261231',
      '3215110000,A,5,0,,,K,20260101,20261231',
      '0702000000,A,45,0,,,,20260101,20261231',
      '0702000000,P1,10,0,,,,20260101,20261231',
      '6109101000,A,13,0,,,,20260101,20261231',
      '6109101000,C,30,0,,,,20260101,20261231',
      '6109101000,A,8,0,,,,20200101,20201231',
    ].join('\n');
    const { lines, unparsed } = krKcs.read(file(text), date);
    expect(lines.map(({ code, rate }) => [code, rate])).toEqual([
      ['3215110000', '0'],
      ['0702000000', undefined],
      ['6109101000', '13'],
    ]);
    expect(lines[0]?.preferences).toMatchObject({ frcjp1: { rate: '3.3' } });
    expect(unparsed).toMatchObject([{ code: '0702000000' }]);
  });

  it('Canada: a page has one line for the suffixes of an item', () => {
    const tr = (...cells: string[]) => `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`;
    const page = `<table>${[
      tr('6404.11', '', 'Sports footwear', '', '', ''),
      tr('6404.11.91', '', 'Footwear - Other', '', '18%', 'UST, MXT, CEUT: Free GPT 13%'),
      tr('6404.11.91', '00', 'Footwear - Other', 'PAR', '18%', 'UST, MXT, CEUT: Free GPT 13%'),
    ].join('')}</table>`;
    const { lines } = caCbsa.read(file(page), date);
    expect(lines).toMatchObject([{ code: '64041191', rate: '18', preferences: { ust: { rate: '0' } } }]);
    const database =
      'TARIFF,EFF_DATE,DESC1,UOM,MFN,UST,CEUT\n6404.11.91,2026-01-01,Other,PAR,18%,Free,\n6404.11.91.00,,,,,,';
    expect(caCbsa.read(file(database), date).lines).toMatchObject([
      { code: '64041191', rate: '18', preferences: { ust: { text: 'Free' } } },
    ]);
    expect(caCbsa.header.agreements?.ust).toEqual({ agreement: 'usmca', origins: ['US'] });
  });

  it('Viet Nam: the preferential rate, and agreements that do not except the country', () => {
    const head = 'Mã hàng,Mô tả hàng hóa - Tiếng Anh,NK ưu đãi,ACFTA,CPTPP,EVFTA,UKVFTA';
    const text = [
      head,
      '6403,"Footwear with leather uppers",,,,,',
      '64039990,--- Other,30,"0 (-PH, TH)",0,"3,7","3,7"',
      '09012111,---- Arabica,30,"0 (-TH, CN)",0,0,0',
      '04072100,-- Of fowls,30 (NHN: 80),,,,',
      '98010000,Declared use,0,,,,',
    ].join('\n');
    const { lines, unparsed, read } = vnXnk.read(file(text), date);
    expect(read).toBe(5);
    expect(lines).toMatchObject([
      {
        code: '64039990',
        goods: 'Footwear with leather uppers: Other',
        rate: '30',
        preferences: { acfta: { rate: '0' }, evfta: { text: '3,7%', rate: '3.7' } },
      },
      { code: '09012111', rate: '30' },
      { code: '04072100', rate: undefined },
    ]);
    expect(lines[1]?.preferences).not.toHaveProperty('acfta');
    expect(unparsed).toMatchObject([{ code: '04072100' }]);
    expect(() => vnXnk.read(file(`${head}\n6403999,x,3,,,,`), date)).toThrow(/:2: no code/);
  });

  it('Saudi Arabia: eight digits, ten where lines differ, and what may not be imported', () => {
    const head = 'Harmonized Code,Item English Name,English Duty Rate,Date';
    const text = [
      head,
      '2806,acids,,',
      '940490000000,- Other:,,',
      '940490200000,- - - Pillows:,,',
      '940490200001,Medical Pillows,10 %,2/26/2021 12:00:00 AM',
      '940490200002,Non Medical Pillows,10 %,2/25/2021 12:00:00 AM',
      '851762900001,tracker,Exempted,10/2/2016 12:00:00 AM',
      '851762900002,watch with a camera,Prohibited from Importing,2/18/2018 12:00:00 AM',
      '870892100001,a,12 %,1/1/2020 12:00:00 AM',
      '870892110001,b,6.5 %,1/1/2020 12:00:00 AM',
      '980300000001,c,5 %,1/1/2020 12:00:00 AM',
      '980300000002,d,Exempted,1/1/2020 12:00:00 AM',
      '980300010002,e,Exempted,1/1/2020 12:00:00 AM',
      '040900110000,- - - - Honey,6 %,12/2/2026 12:00:00 AM',
      '630900000000,Worn clothing,Prohibited from Importing,1/1/2002 12:00:00 AM',
    ].join('\n');
    const { lines, unparsed, read } = saZatca.read(file(text), date);
    expect(read).toBe(13);
    expect(lines).toMatchObject([
      { code: '94049020', goods: 'Other: Pillows', text: '10 %', rate: '10' },
      { code: '85176290', text: 'Exempted | Prohibited from Importing', rate: '0' },
      { code: '87089210', rate: '12' },
      { code: '87089211', rate: '6.5' },
      { code: '9803000000', rate: undefined },
      { code: '98030001', rate: '0' },
      { code: '04090011', rate: undefined },
      { code: '63090000', rate: undefined },
    ]);
    expect(unparsed.map(({ code, reason }) => `${code} ${reason}`)).toEqual([
      '9803000000 several rates under ten digits',
      '04090011 a rate of a later day than the edition',
      '63090000 goods that may not be imported',
    ]);
    expect(() => saZatca.read(file(`${head}\n94049O200001,x,5 %,`), date)).toThrow(/:2: no code/);
  });

  it('Argentina, Australia, ECOWAS', () => {
    const ncm = 'ncm,descripcion,die_aec\n42022100,Bolsos,20\n85171211,Radio,';
    expect(arNcm.read(file(ncm), date)).toMatchObject({
      lines: [{ code: '42022100', rate: '20' }, { code: '85171211' }],
      unparsed: [{ code: '85171211', text: '-' }],
    });
    const schedule =
      'reference,description,duty_rate\n4202.21,-- Bags,\n4202.21.00,--- Bags,5%\n4202.21.00,--- Bags,5%\n8462.59,Other,View TCOs for 8462.59';
    expect(auAbf.read(file(schedule), date).lines).toMatchObject([{ code: '42022100', rate: '5' }]);
    const book = JSON.stringify([{ natTarLine: '6109100000', descr: 'T-shirts', mfn: '20' }]);
    expect(ecowasEtariffbook.read(file(book), date).lines).toMatchObject([
      { code: '6109100000', rate: '20' },
    ]);
    expect(() => ecowasEtariffbook.read(file('[{"mfn":"20"}]', 'book.json'), date)).toThrow(
      /book.json: 0.natTarLine/,
    );
  });
});
