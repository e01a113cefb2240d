import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Table, { type TableProps } from '@cloudscape-design/components/table';
import { useInfiniteQuery } from '@tanstack/react-query';
import { type ReactNode, useEffect } from 'react';
import { Failure } from './failure.tsx';

/** Some of the rows, and where the next ones begin; undefined after the last one. */
interface RowsPage<Row> {
  readonly rows: readonly Row[];
  readonly cursor?: string | undefined;
}

interface Props<Row> {
  readonly title: string;
  /** How large the heading is. `h1` is the page's own, which is the default. */
  readonly heading?: 'h1' | 'h2' | 'h3';
  /** Names what is read. Another key reads anew; a page that changes something invalidates it. */
  readonly queryKey: readonly unknown[];
  readonly read: (cursor: string | undefined) => Promise<RowsPage<Row>>;
  readonly columns: readonly TableProps.ColumnDefinition<Row>[];
  readonly trackBy: (row: Row) => string;
  /** What the page says where there is no row. */
  readonly nothing: string;
  readonly description?: ReactNode;
  readonly filter?: ReactNode;
  /** Buttons beside the title. */
  readonly actions?: ReactNode;
  /** Shows only some of the rows that were read. */
  readonly only?: (row: Row) => boolean;
  /** Receives the rows that were read. It has to be the same at every drawing. */
  readonly onRead?: (rows: readonly Row[]) => void;
}

/** A list of the backend, a page at a time. */
export function PagedTable<Row>(props: Props<Row>) {
  const { title, queryKey, read, columns, trackBy, nothing, filter, only = () => true, onRead } = props;
  const query = useInfiniteQuery({
    queryKey,
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) => read(pageParam),
    getNextPageParam: ({ cursor }) => cursor,
  });
  const { data } = query;
  useEffect(() => {
    if (data !== undefined) onRead?.(data.pages.flatMap(({ rows }) => rows));
  }, [data, onRead]);
  const again = () => void query.refetch();
  if (query.error !== null && data === undefined) return <Failure error={query.error} again={again} />;
  const shown = (data?.pages.flatMap(({ rows }) => rows) ?? []).filter(only);
  return (
    <SpaceBetween size="s">
      {query.error === null ? null : <Failure error={query.error} again={again} />}
      <Table
        items={shown}
        columnDefinitions={columns}
        trackBy={trackBy}
        wrapLines
        loading={query.isPending}
        loadingText={`Reading: ${title}`}
        empty={<Box textAlign="center">{nothing}</Box>}
        filter={filter}
        header={
          <Header
            variant={props.heading ?? 'h1'}
            description={props.description}
            counter={`(${shown.length}${query.hasNextPage ? '+' : ''})`}
            actions={
              <SpaceBetween direction="horizontal" size="xs">
                {props.actions}
                <Button
                  iconName="refresh"
                  ariaLabel="Read again"
                  loading={query.isRefetching && !query.isFetchingNextPage}
                  onClick={again}
                />
              </SpaceBetween>
            }
          >
            {title}
          </Header>
        }
        footer={
          query.hasNextPage ? (
            <Box textAlign="center">
              <Button loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
                Read more
              </Button>
            </Box>
          ) : undefined
        }
        ariaLabels={{ tableLabel: title }}
      />
    </SpaceBetween>
  );
}
