import LineChart, { type LineChartProps } from '@cloudscape-design/components/line-chart';

interface Props {
  readonly title: string;
  readonly series: readonly LineChartProps<Date>['series'][number][];
  readonly nothing: string;
  /** What the horizontal axis is, such as a time zone. */
  readonly xTitle: string;
  /** Hours of a day are shown too: all of it happened within some days. */
  readonly isShort?: boolean;
}

const hourText = new Intl.DateTimeFormat(undefined, {
  ...{ day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' },
});
const dayText = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' });

/** Units over time. The table beside it has the same figures for who does not see the lines. */
export function UnitsChart({ title, series, nothing, xTitle, isShort = false }: Props) {
  return (
    <LineChart
      series={[...series]}
      ariaLabel={title}
      height={220}
      xScaleType="time"
      xTitle={xTitle}
      yTitle="Units"
      hideFilter
      empty={nothing}
      i18nStrings={{
        detailPopoverDismissAriaLabel: 'Close the figures',
        xTickFormatter: (at) => (isShort ? hourText : dayText).format(at),
        yTickFormatter: (units) => units.toLocaleString(),
        legendAriaLabel: `Lines of ${title}`,
        chartAriaRoleDescription: 'line chart',
      }}
    />
  );
}
