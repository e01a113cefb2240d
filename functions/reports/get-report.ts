import { reports } from '../../shared/reports/index.ts';
import { lakeReportNamed, lakeReportNames, loadLakeReports } from '../../shared/reports/lake-reports.ts';
import { reportsDeps } from '../../shared/runtime/deps/reports.ts';
import { reportRoute } from '../../shared/runtime/report-route.ts';

export const { contract, operations, handler } = reportRoute(
  {
    ...{ id: 'reports/get-report', reports },
    ofLake: { names: lakeReportNames, named: lakeReportNamed, all: loadLakeReports },
  },
  reportsDeps,
);
