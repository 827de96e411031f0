import { deviceContract, type Onboarding } from '@plumbline/core/device'
import { Link, useSearchParams } from 'react-router'
import { useRoute } from '../../kit/api.ts'
import { type Column, DataTable, Page, Tag, wholeList } from '../../kit/ui/index.ts'
import { deviceColumns } from './columns.tsx'
import { checkWords, sayHours } from './words.tsx'

const columns: Column<Onboarding>[] = [
  ...deviceColumns,
  { key: 'keeper', title: '责任人', render: ({ keeper }) => keeper?.name ?? <span className="muted">未指定</span> },
  {
    key: 'hours',
    title: '已等待',
    render: ({ hours, stuck }) => (
      <>
        {sayHours(hours)} {stuck && <Tag tone="red">超时</Tag>}
      </>
    ),
  },
  { key: 'failing', title: '停在', render: ({ failing }) => (failing ? checkWords[failing] : '—') },
  {
    key: 'note',
    title: '最近记录',
    render: ({ note }) =>
      note ? (
        <>
          {note.text} <span className="tiny muted">{note.by}</span>
        </>
      ) : (
        '—'
      ),
  },
]

/** 接入中的设备: entered and not yet alive, those that wait longest in front. */
export function OnboardingPage() {
  const [params] = useSearchParams()
  const stuck = params.get('stuck') === 'true'
  const found = useRoute(
    deviceContract.onboarding,
    { query: stuck ? { stuck: 'true' } : {} },
    { refetchInterval: 15_000 },
  )
  const { rows = [], hours, total = 0, stuck: late = 0 } = found.data ?? {}
  const counted = stuck ? late : total
  return (
    <Page
      title={stuck ? '接入超时的设备' : '接入中的设备'}
      crumbs={[{ label: '监测设备', to: '/devices' }]}
      lead={
        found.data && (
          <>
            登记后 {hours} 小时仍未收到有效数据即为超时。
            {stuck ? (
              <Link to="/devices/onboarding">列出全部 {total} 台</Link>
            ) : (
              <>
                共 {total} 台，其中超时 <Link to="/devices/onboarding?stuck=true">{late} 台</Link>
              </>
            )}
            {rows.length < counted && `；以下列出等待最久的 ${rows.length} 台`}
          </>
        )
      }
    >
      <DataTable
        pages={{
          ...wholeList(rows),
          isPending: found.isPending,
          error: found.error,
          again: () => void found.refetch(),
        }}
        columns={columns}
        rowKey={({ id }) => id}
        label="接入中的设备"
        empty="没有等待接入的设备。"
      />
    </Page>
  )
}
