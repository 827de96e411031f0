import { severityTitles } from '@plumbline/core/inspection'
import { lastDayOf, type LedgerRow, rectificationContract } from '@plumbline/core/rectification'
import { DatePicker, Input } from 'antd'
import dayjs from 'dayjs'
import { Link, useNavigate } from 'react-router'
import { urlOf, usePages } from '../../kit/api.ts'
import { useToday } from '../../kit/session.tsx'
import { type Column, DataTable, Page, Tag, TierTag, When, FilterSelect } from '../../kit/ui/index.ts'
import { useChoices } from './choices.ts'
import { flagOf, oneOf, useFilter } from '../../kit/filter.ts'
import './rectification.css'
import {
  acceptedOptions,
  itemStateOptions,
  itemTones,
  openOptions,
  overdueOptions,
  repeatOptions,
  sayTrack,
  severityOptions,
  tierOptions,
} from './words.ts'

const columns: Column<LedgerRow>[] = [
  {
    key: 'text',
    title: '隐患与条款',
    render: (row) => (
      <div className="ledger-text">
        <Link to={`/rectification/${row.noticeId}`}>{row.text}</Link>
        <div className="tiny muted">{row.clause}</div>
      </div>
    ),
  },
  { key: 'severity', title: '等级', render: (row) => severityTitles[row.severity] },
  {
    key: 'project',
    title: '项目与责任单位',
    render: (row) => (
      <>
        {row.projectName}
        <div className="tiny muted">{row.orgName}</div>
      </>
    ),
  },
  {
    key: 'number',
    title: '文号',
    render: (row) => (
      <>
        <span className="num nowrap">{row.number}</span>
        <div className="tiny muted">
          <When at={row.issuedAt} day /> 下达
        </div>
      </>
    ),
  },
  {
    key: 'due',
    title: '期限与进度',
    render: (row) => (
      <>
        <span className="num">{row.due ? lastDayOf(row.due) : '尚未送达'}</span>
        <span className={`tiny num track${row.overdue ? ' late' : ' muted'}`}>{sayTrack(row)}</span>
      </>
    ),
  },
  {
    key: 'state',
    title: '状态',
    render: (row) => (
      <span className="item-tags">
        <Tag tone={row.noticeState === 'withdrawn' ? 'plain' : itemTones[row.state]}>
          {row.noticeState === 'withdrawn' ? '已撤回' : row.stateLabel}
        </Tag>
        {row.overdue && <Tag tone="red">逾期</Tag>}
        {row.tier !== 'calm' && <TierTag tier={row.tier} />}
      </span>
    ),
  },
]

const names = [
  'projectId',
  'orgId',
  'inspectionId',
  'state',
  'severity',
  'tier',
  'overdue',
  'accepted',
  'repeat',
  'open',
  'from',
  'to',
  'q',
] as const
type Name = (typeof names)[number]
type Filter = Partial<Record<Name, string>>

const queryOf = (filter: Filter) => ({
  projectId: filter.projectId,
  orgId: filter.orgId,
  inspectionId: filter.inspectionId,
  state: oneOf(filter.state, itemStateOptions),
  severity: oneOf(filter.severity, severityOptions),
  tier: oneOf(filter.tier, tierOptions),
  overdue: flagOf(filter.overdue),
  accepted: flagOf(filter.accepted),
  repeat: flagOf(filter.repeat),
  open: flagOf(filter.open),
  from: filter.from,
  to: filter.to,
  q: filter.q,
})

type Options = { value: string; label: string }[]

/** The filter in words, as it is noted beside the export. */
export function sayFilter(filter: Filter, choices: { projects: Options; units: Options }): string {
  const of = (options: Options, value: string | undefined) => options.find((one) => one.value === value)?.label
  const days = filter.from || filter.to ? `${filter.from ?? '最早'} 至 ${filter.to ?? '今天'} 下达` : undefined
  const said = [
    of(choices.projects, filter.projectId),
    of(choices.units, filter.orgId),
    filter.inspectionId && '一次检查',
    of(itemStateOptions, filter.state),
    of(severityOptions, filter.severity),
    of(tierOptions, filter.tier),
    of(overdueOptions, filter.overdue),
    of(acceptedOptions, filter.accepted),
    of(repeatOptions, filter.repeat),
    of(openOptions, filter.open),
    days,
    filter.q && `含“${filter.q}”`,
  ].filter(Boolean)
  return said.length > 0 ? said.join('，') : '全部'
}

/** 隐患台账: every hazard ever ordered to be put right, derived from the notices (REC-09). */
export function LedgerPage() {
  const { filter, set } = useFilter(names)
  const choices = useChoices()
  const navigate = useNavigate()
  const today = useToday()
  const query = queryOf(filter)
  return (
    <Page
      title="隐患台账"
      crumbs={[{ label: '责令整改', to: '/rectification' }]}
      lead="由下达的文书自动生成，点开一行看全过程"
    >
      <DataTable
        label="隐患台账"
        pages={usePages(rectificationContract.ledger, { query })}
        columns={columns}
        rowKey={(row) => row.id}
        onOpen={(row) => void navigate(`/rectification/${row.noticeId}`)}
        empty="没有符合条件的隐患"
        filters={<LedgerFilters filter={filter} set={set} choices={choices} />}
        xlsx={{
          url: urlOf(rectificationContract.ledgerExport, { query }),
          name: `隐患台账 ${today}`,
          filter: sayFilter(filter, choices),
        }}
      />
    </Page>
  )
}

interface LedgerFiltersProps {
  filter: Filter
  set: (changes: Partial<Record<Name, string | undefined>>) => void
  choices: { projects: Options; units: Options }
}

function LedgerFilters({ filter, set, choices }: LedgerFiltersProps) {
  const one = (name: Name, label: string, options: Options, width?: number) => (
    <FilterSelect
      label={label}
      value={options.some(({ value }) => value === filter[name]) ? filter[name] : undefined}
      options={options}
      onChange={(value) => set({ [name]: value })}
      search={width !== undefined}
      width={width ?? 112}
    />
  )
  return (
    <>
      <Input.Search
        aria-label="隐患、条款、文号、项目、单位"
        placeholder="隐患、条款、文号、项目、单位"
        defaultValue={filter.q}
        onSearch={(q) => set({ q: q.trim() || undefined })}
        maxLength={60}
        allowClear
        style={{ width: 240 }}
      />
      {one('projectId', '项目', choices.projects, 180)}
      {one('orgId', '责任单位', choices.units, 160)}
      {one('state', '状态', itemStateOptions, 130)}
      {one('severity', '等级', severityOptions)}
      {one('tier', '预警', tierOptions)}
      {one('overdue', '逾期', overdueOptions)}
      {one('accepted', '是否闭合', acceptedOptions)}
      {one('repeat', '重复', repeatOptions)}
      {one('open', '文书', openOptions)}
      <DatePicker.RangePicker
        aria-label="下达日期"
        format="YYYY-MM-DD"
        allowEmpty={[true, true]}
        placeholder={['下达自', '下达至']}
        value={[filter.from ? dayjs(filter.from) : null, filter.to ? dayjs(filter.to) : null]}
        onChange={(range) => set({ from: range?.[0]?.format('YYYY-MM-DD'), to: range?.[1]?.format('YYYY-MM-DD') })}
      />
    </>
  )
}
