import {
  gradeTitles,
  inspectionContract as contract,
  type InspectionFilter,
  inspectionKinds,
  type InspectionRow,
  inspectionWorkflow,
  subjects,
} from '@plumbline/core/inspection'
import { Button, DatePicker, Input } from 'antd'
import dayjs from 'dayjs'
import { Link, useNavigate } from 'react-router'
import { urlOf, usePages } from '../../kit/api.ts'
import { useFilter } from '../../kit/filter.ts'
import { mayOpen, useSession } from '../../kit/session.tsx'
import { type Column, DataTable, FilterSelect, Page, projectColumn, StateTag, When } from '../../kit/ui/index.ts'
import { kindOptions, subjectOptions } from './choices.ts'
import './inspection.css'

const names = ['state', 'kind', 'subject', 'projectId', 'fromAlarm', 'from', 'to', 'text'] as const

const columns: Column<InspectionRow>[] = [
  {
    key: 'number',
    title: '文号',
    render: (row) => (
      <Link className="num" to={`/inspection/${row.id}`}>
        {row.number ?? '未编号'}
      </Link>
    ),
  },
  projectColumn,
  { key: 'kind', title: '检查类型', render: ({ kind }) => inspectionKinds[kind] },
  { key: 'subject', title: '类别', render: ({ subject }) => subjects[subject] },
  { key: 'visitedAt', title: '检查时间', render: ({ visitedAt }) => <When at={visitedAt} /> },
  { key: 'officers', title: '监督员', render: ({ officers }) => officers.join('、') },
  { key: 'findings', title: '问题', align: 'right', render: ({ findings }) => findings },
  {
    key: 'grade',
    title: '评定',
    render: ({ grade, total }) => (grade && total !== null ? `${total.toFixed(1)} ${gradeTitles[grade]}` : '—'),
  },
  {
    key: 'state',
    title: '状态',
    render: ({ state, stateLabel }) => (
      <StateTag label={stateLabel} open={state === 'draft' || state === 'submitted'} />
    ),
  },
]

const stateOptions = Object.entries(inspectionWorkflow.states).map(([value, { label }]) => ({ value, label }))

/** 监督检查: every inspection the reader reaches, the latest first. The filter stands in the address. */
export function InspectionsPage() {
  const { filter: told, set } = useFilter(names)
  const filter = told as InspectionFilter
  const navigate = useNavigate()
  const session = useSession()
  const pages = usePages(contract.list, { query: filter })
  return (
    <Page
      title="监督检查"
      lead={
        filter.fromAlarm ? (
          <Link to="/inspections">只列出由监测报警引起的检查，点此列出全部</Link>
        ) : (
          filter.projectId && <Link to="/inspections">只列出指定项目的检查，点此列出全部</Link>
        )
      }
      actions={
        mayOpen(session, 'rectification.order') && (
          <Button type="primary" onClick={() => void navigate('/inspections/new')}>
            开始检查
          </Button>
        )
      }
    >
      <DataTable
        pages={pages}
        columns={columns}
        rowKey={({ id }) => id}
        label="监督检查记录"
        empty="没有符合条件的检查记录。"
        xlsx={{
          url: urlOf(contract.export, { query: filter }),
          name: '监督检查记录',
          ...(Object.keys(filter).length > 0 ? { filter: '当前筛选条件' } : {}),
        }}
        filters={
          <>
            <Input.Search
              defaultValue={filter.text}
              onSearch={(text) => set({ text: text.trim() })}
              placeholder="项目名称或文号"
              aria-label="项目名称或文号"
              allowClear
              className="filter-text"
            />
            <FilterSelect
              label="状态"
              value={filter.state}
              options={stateOptions}
              onChange={(state) => set({ state })}
            />
            <FilterSelect
              label="检查类型"
              value={filter.kind}
              options={kindOptions}
              onChange={(kind) => set({ kind })}
            />
            <FilterSelect
              label="类别"
              value={filter.subject}
              options={subjectOptions}
              onChange={(subject) => set({ subject })}
            />
            <DatePicker.RangePicker
              value={[filter.from ? dayjs(filter.from) : null, filter.to ? dayjs(filter.to) : null]}
              onChange={(_, [from, to]) => set({ from, to })}
              aria-label="检查日期"
              allowEmpty
            />
          </>
        }
      />
    </Page>
  )
}
