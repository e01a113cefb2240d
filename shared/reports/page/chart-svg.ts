import { BarChart, LineChart } from 'echarts/charts';
import { GridComponent, LegendComponent } from 'echarts/components';
import * as echarts from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { formatMoney } from '../../kernel/money.ts';
import type { ReportCell } from '../answer/columns.ts';
import type { AnswerTable, ChartOf } from '../answer/report-answer.ts';
import type { CellTexts } from './cell-text.ts';
import { ASLANT, FONT_SIZE, MAX_BARS, type Marks, marksOf, roomFor } from './chart-room.ts';
import { inLines, shortened, textWidth } from './text-width.ts';

echarts.use([BarChart, LineChart, GridComponent, LegendComponent, SVGRenderer]);

// Without a browser the library takes every letter beyond ASCII for a square, also marks without any width.
echarts.setPlatformAPI({ measureText: (text) => ({ width: textWidth(text, FONT_SIZE) }) });

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
  const names = namesOf(
    shown.map((row) => texts.of(xKind, row[chart.x] ?? null)),
    chart.kind,
    drawn.width,
  );
  const lines = chart.y.map((name) => shown.map((row) => numberOf(row[name] ?? null)));
  const marks = marksOf(lines.flat(), yKind === 'count');
  const markText = (value: number) => texts.short(value, yKind, currency);
  picture.setOption({
    ...frame(drawn, marks, markText),
    grid: {
      ...roomFor({ ...drawn, ...names, marks: allOf(marks).map(markText) }),
      outerBoundsMode: 'none',
    },
    xAxis: axis(drawn, chart.kind, names),
    series: chart.y.map((name, index) => ({
      type: chart.kind,
      name: columns[name]?.title ?? name,
      ...{ silent: true, symbol: 'none', barMaxWidth: 40 },
      data: lines[index] ?? [],
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

function frame({ isRightToLeft }: Drawn, marks: Marks, markText: (value: number) => string) {
  return {
    animation: false,
    color: [...COLOURS],
    textStyle: { color: INK, fontFamily: 'inherit' },
    legend: { bottom: 0, textStyle: { color: INK }, selectedMode: false },
    yAxis: {
      type: 'value',
      position: isRightToLeft ? 'right' : 'left',
      ...marks,
      axisLabel: { color: INK, formatter: markText },
      splitLine: { lineStyle: { color: RULE } },
    },
  };
}

const allOf = ({ min, max, interval }: Marks): number[] =>
  Array.from({ length: Math.round((max - min) / interval) + 1 }, (_, index) => min + index * interval);

/** Below this width, in pixels, the name of a bar is written aslant. */
const LEVEL_ROOM = 56;
/** The most room for a name that is written aslant, in pixels. */
const ASLANT_ROOM = 104;

/** The names of the places on the level axis, each in lines, and whether they are written aslant. */
interface Names {
  readonly names: readonly (readonly string[])[];
  readonly isAslant: boolean;
}

/** Every bar has its name: in lines below it, or aslant where there is little room. A day has one line. */
function namesOf(all: readonly string[], kind: ChartOf['kind'], width: number): Names {
  if (kind === 'line') return { names: all.map((name) => [name]), isAslant: false };
  const room = Math.floor((width - 80) / all.length) - 4;
  const isAslant = room < LEVEL_ROOM;
  const linesOf = (name: string) =>
    isAslant ? [shortened(name, ASLANT_ROOM, FONT_SIZE)] : inLines(name, room, FONT_SIZE);
  return { names: all.map(linesOf), isAslant };
}

/** Of days as many as have room. */
function axis({ texts, isRightToLeft }: Drawn, kind: ChartOf['kind'], { names, isAslant }: Names) {
  const spread =
    kind === 'bar'
      ? { interval: 0, rotate: isAslant ? (isRightToLeft ? -ASLANT : ASLANT) : 0 }
      : { hideOverlap: true };
  return {
    type: 'category',
    data: names.map((lines) => lines.map(texts.line).join('\n')),
    inverse: isRightToLeft,
    axisLabel: { color: INK, ...spread },
    axisLine: { lineStyle: { color: RULE } },
    axisTick: { show: false },
  } as const;
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
