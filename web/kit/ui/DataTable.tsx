import { Button, Table } from 'antd'
import type { TableColumnType } from 'antd'
import { type ReactNode, useState } from 'react'
import type { Pages } from '../api.ts'
import { download } from '../files.ts'
import { Empty } from './Empty.tsx'
import { Failure } from './Failure.tsx'
import { Loading } from './Loading.tsx'

export interface Order {
  by: string
  down: boolean
}

export interface Column<Row> {
  key: string
  title: string
  render: (row: Row) => ReactNode
  width?: number
  align?: 'left' | 'right'
  /** The name under which the server sorts by this column. */
  sortBy?: string
  /** Sorts here; only drawn once every row is loaded, else it would sort a part and look like the whole. */
  compare?: (one: Row, other: Row) => number
}

export interface DataTableProps<Row> {
  pages: Pages<Row>
  columns: readonly Column<Row>[]
  rowKey: (row: Row) => string
  /** What the table shows, for those who hear it. */
  label: string
  /** The row of filter fields. */
  filters?: ReactNode
  /** The address of the XLSX under the same filter (`urlOf`), and the words of that filter. */
  xlsx?: { url: string; name: string; filter?: string }
  /** What to say when nothing matches. */
  empty?: ReactNode
  order?: Order
  onOrder?: (order: Order | undefined) => void
  onOpen?: (row: Row) => void
}

const leastColumn = 104

const columnOf = <Row,>(column: Column<Row>, { pages, order }: DataTableProps<Row>): TableColumnType<Row> => {
  const sortsHere = column.compare !== undefined && pages.more === undefined
  return {
    key: column.key,
    title: column.title,
    width: column.width,
    align: column.align,
    className: column.align === 'right' ? 'num' : undefined,
    render: (_: unknown, row: Row) => column.render(row),
    sorter: column.sortBy ? true : sortsHere ? column.compare : undefined,
    sortOrder:
      column.sortBy && order ? (order.by === column.sortBy ? (order.down ? 'descend' : 'ascend') : null) : undefined,
    showSorterTooltip: false,
  }
}

/** A list that sorts, filters, loads on and exports; waiting, nothing and failing are drawn on purpose. */
export function DataTable<Row extends object>(props: DataTableProps<Row>) {
  const { pages, columns, rowKey, label, filters, onOrder, onOpen } = props
  const bySortName = (key: unknown) => columns.find((column) => column.key === key)?.sortBy
  return (
    <section className="card data-table" aria-label={label}>
      <Toolbar filters={filters} xlsx={props.xlsx} />
      {pages.error && <Failure error={pages.error} again={pages.again} />}
      {pages.isPending && !pages.error && <Loading />}
      {!pages.isPending && !pages.error && pages.rows.length === 0 && (
        <Empty>{props.empty ?? '没有符合条件的记录'}</Empty>
      )}
      {pages.rows.length > 0 && (
        <>
          <Table<Row>
            columns={columns.map((column) => columnOf(column, props))}
            dataSource={pages.rows}
            rowKey={rowKey}
            pagination={false}
            size="small"
            // Cells wrap as far as the page is wide; narrower than this the table scrolls on its own.
            scroll={{ x: columns.length * leastColumn }}
            onRow={(row) => (onOpen ? { onClick: () => onOpen(row), className: 'opens' } : {})}
            onChange={(_, __, sorter) => {
              const one = Array.isArray(sorter) ? sorter[0] : sorter
              const by = bySortName(one?.columnKey)
              if (by) onOrder?.(one?.order ? { by, down: one.order === 'descend' } : undefined)
            }}
          />
          <Foot pages={pages} />
        </>
      )}
    </section>
  )
}

function Toolbar({ filters, xlsx }: Pick<DataTableProps<object>, 'filters' | 'xlsx'>) {
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>()
  if (!filters && !xlsx) return null
  const save = async () => {
    if (!xlsx) return
    setBusy(true)
    setError(undefined)
    await download(xlsx.url, `${xlsx.name}.xlsx`).catch(setError)
    setBusy(false)
  }
  return (
    <>
      <div className="toolbar">
        <div className="filters">{filters}</div>
        {xlsx?.filter && <span className="tiny muted">导出范围：{xlsx.filter}</span>}
        {xlsx && (
          <Button loading={busy} onClick={() => void save()}>
            导出 XLSX
          </Button>
        )}
      </div>
      {error !== undefined && <Failure error={error} />}
    </>
  )
}

function Foot<Row>({ pages }: { pages: Pages<Row> }) {
  return (
    <div className="table-foot tiny muted num">
      <span>
        {pages.total === undefined
          ? `已列出 ${pages.rows.length} 条`
          : `共 ${pages.total} 条，已列出 ${pages.rows.length} 条`}
      </span>
      {pages.more && (
        <Button size="small" loading={pages.loadingMore} onClick={pages.more}>
          更多
        </Button>
      )}
    </div>
  )
}

/** A whole short list, already read, as DataTable takes it. */
export const wholeList = <Row,>(rows: Row[]): Pages<Row> => ({
  rows,
  total: rows.length,
  isPending: false,
  error: null,
  more: undefined,
  loadingMore: false,
  again: () => {},
})
