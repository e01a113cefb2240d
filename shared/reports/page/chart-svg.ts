import { BarChart, LineChart } from 'echarts/charts';
import { GridComponent, LegendComponent } from 'echarts/components';
import * as echarts from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { formatMoney } from '../../kernel/money.ts';
import type { ReportCell } from '../answer/columns.ts';
import type { AnswerTable, ChartOf } from '../answer/report-answer.ts';
import type { CellTexts } from './cell-text.ts';

echarts.use([BarChart, LineChart, GridComponent, LegendComponent, SVGRenderer]);

/** Bars beyond these are too narrow to see; the table has them all. */
export const MAX_BARS = 12;

export interface Drawn {
  readonly texts: CellTexts;
  readonly isRightToLeft: boolean;
  /** A part of ids in the picture, which several pictures of a page must not share. */
  readonly id: string;
  readonly width: number;
}

/**
 * A picture of a table as an SVG element: no script, and colours from the variables of the page. Undefined where the
 * table has nothing to draw.
 */
export function chartSvg({ columns, rows }: AnswerTable, chart: ChartOf, drawn: Drawn): string | undefined {
  const shown = chart.kind === 'bar' ? rows.slice(0, MAX_BARS) : rows;
  if (shown.length === 0) return undefined;
  const { texts } = drawn;
  const xKind = columns[chart.x]?.kind ?? 'text';
  const yKind = columns[chart.y[0] ?? '']?.kind ?? 'count';
  const currency = chart.y.map((name) => currencyIn(shown.map((row) => row[name] ?? null))).find(Boolean);
  const picture = echarts.init(null, null, {
    renderer: 'svg',
    ssr: true,
    width: drawn.width,
    height: HEIGHT,
  });
  picture.setOption({
    ...frame(drawn, (value) => texts.short(value, yKind, currency)),
    xAxis: axis(
      drawn,
      chart.kind,
      shown.map((row) => texts.of(xKind, row[chart.x] ?? null)),
    ),
    series: chart.y.map((name) => ({
      type: chart.kind,
      name: columns[name]?.title ?? name,
      ...{ silent: true, symbol: 'none', barMaxWidth: 40 },
      data: shown.map((row) => numberOf(row[name] ?? null)),
    })),
  });
  const svg = picture.renderToSVGString();
  picture.dispose();
  return withoutTraces(svg, drawn.id);
}

const HEIGHT = 280;
const INK = 'var(--ink)';
const RULE = 'var(--rule)';
const COLOURS: readonly string[] = ['var(--first)', 'var(--second)', 'var(--third)', 'var(--fourth)'];

function frame({ isRightToLeft }: Drawn, axisText: (value: number) => string) {
  return {
    animation: false,
    color: [...COLOURS],
    textStyle: { color: INK, fontFamily: 'inherit' },
    legend: { bottom: 0, textStyle: { color: INK }, selectedMode: false },
    grid: {
      left: 8,
      right: 8,
      top: 12,
      bottom: 36,
      outerBoundsMode: 'same',
      outerBoundsContain: 'axisLabel',
    },
    yAxis: {
      type: 'value',
      position: isRightToLeft ? 'right' : 'left',
      splitNumber: 4,
      axisLabel: { color: INK, formatter: axisText },
      splitLine: { lineStyle: { color: RULE } },
    },
  };
}

/** Below this width, in pixels, the name of a bar is written aslant. */
const LEVEL_ROOM = 56;
/** The most letters of a name that is written aslant. */
const ASLANT_LETTERS = 14;
/** About the width of a letter. The library takes letters of other alphabets as twice as wide. */
const LETTER = 6.5;

/** Every bar has its name: in lines below it, or aslant where there is little room. Of days as many as have room. */
function axis({ texts, isRightToLeft, width }: Drawn, kind: ChartOf['kind'], names: readonly string[]) {
  const room = Math.floor((width - 80) / names.length) - 4;
  const isAslant = kind === 'bar' && room < LEVEL_ROOM;
  const spread =
    kind === 'bar'
      ? { interval: 0, rotate: isAslant ? (isRightToLeft ? -40 : 40) : 0 }
      : { hideOverlap: true };
  const linesOf = (name: string) => {
    if (kind === 'line') return [name];
    return isAslant ? [shortened(name, ASLANT_LETTERS)] : inLines(name, Math.floor(room / LETTER));
  };
  const labels = names.map((name) => linesOf(name).map(texts.line).join('\n'));
  return {
    type: 'category',
    data: labels,
    inverse: isRightToLeft,
    axisLabel: { color: INK, ...spread },
    axisLine: { lineStyle: { color: RULE } },
    axisTick: { show: false },
  } as const;
}

const shortened = (text: string, letters: number): string =>
  text.length > letters ? `${text.slice(0, letters - 1)}…` : text;

/** The words of a text in lines of at most this number of letters; a longer word is shortened. */
function inLines(text: string, letters: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= letters)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(shortened(word, letters));
  }
  return lines;
}

/** Amounts in major units. A picture shows no minor unit, so that floating point is exact enough. */
function numberOf(cell: ReportCell): number | null {
  if (typeof cell === 'number') return cell;
  if (typeof cell !== 'object' || cell === null) return null;
  return Number(formatMoney(cell).split(' ')[0]);
}

const currencyIn = (cells: readonly ReportCell[]): string | undefined =>
  cells.map((cell) => (typeof cell === 'object' ? cell?.currency : undefined)).find(Boolean);

/**
 * The library numbers its pictures from the start of the process, and writes rules for a pointer that no script
 * serves. Without both, the same figures give the same bytes.
 */
const withoutTraces = (svg: string, id: string): string =>
  svg
    .replace(/<style ?>[\s\S]*<\/style>\n?/, '')
    .replace(/ (class="zr\d+-cls-\d+"|ecmeta_\w+="\w*")/g, '')
    .replace(/(id="|url\(#)zr\d+-/g, `$1${id}-`);
