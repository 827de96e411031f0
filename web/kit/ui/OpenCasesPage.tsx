import type { ReactNode } from 'react'
import { Link, useNavigate } from 'react-router'
import type { Pages } from '../api.ts'
import { flagOf, useFilter } from '../filter.ts'
import { type Column, DataTable } from './DataTable.tsx'
import { FilterSelect } from './FilterSelect.tsx'
import { Page } from './Page.tsx'

interface OpenCasesAsk {
  open: 'true' | 'false' | undefined
  projectId: string | undefined
}

export interface OpenCasesPageProps<Row> {
  title: string
  lead: string
  /** The address of the list, and the words that lead from one project's cases back to it. */
  all: { to: string; words: string }
  /** A hook: the cases that the address asks for. */
  useCases: (ask: OpenCasesAsk) => Pages<Row>
  columns: readonly Column<Row>[]
  caseAt: (row: Row) => string
  /** What cases are called that are being dealt with, and that are over. */
  words: { open: string; over: string }
  empty: string
  actions?: ReactNode
}

/** The page of one kind of case: all within reach or those of a project, open or over, as its address says. */
export function OpenCasesPage<Row extends { id: string }>(props: OpenCasesPageProps<Row>) {
  const { title, lead, all, useCases, columns, caseAt, words, empty, actions } = props
  const { filter, set } = useFilter(['open', 'projectId'])
  const navigate = useNavigate()
  const open = flagOf(filter.open)
  const pages = useCases({ open, projectId: filter.projectId })
  const options = [
    { value: 'true', label: words.open },
    { value: 'false', label: words.over },
  ]
  return (
    <Page title={title} lead={filter.projectId ? <Link to={all.to}>{all.words}</Link> : lead} actions={actions}>
      <DataTable
        label={title}
        pages={pages}
        columns={columns}
        rowKey={(row) => row.id}
        onOpen={(row) => void navigate(caseAt(row))}
        empty={empty}
        filters={
          <FilterSelect label="办理情况" value={open} options={options} onChange={(value) => set({ open: value })} />
        }
      />
    </Page>
  )
}
