import { baseContract, type FailedListener, type FailedTimer } from '@plumbline/core/base'
import { Button } from 'antd'
import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { useRoute, useSend } from '../kit/api.ts'
import { mayOpen, useSession } from '../kit/session.tsx'
import { caseLink } from '../kit/ui/CaseList.tsx'
import { Empty } from '../kit/ui/Empty.tsx'
import { Failure } from '../kit/ui/Failure.tsx'
import { Loading } from '../kit/ui/Loading.tsx'
import { Page } from '../kit/ui/Page.tsx'
import { Section } from '../kit/ui/Section.tsx'
import { Tag } from '../kit/ui/Tags.tsx'
import { When } from '../kit/ui/When.tsx'

const checkTitles: Record<string, string> = { database: '数据库', disk: '磁盘', clock: '时钟', ingest: '数据入库' }

/** A table with its heads, or a sentence where it would be empty. */
function Plain({ label, heads, none, rows }: { label: string; heads: string[]; none: string; rows: ReactNode[] }) {
  if (rows.length === 0) return <Empty>{none}</Empty>
  return (
    <div>
      <table className="plain" aria-label={label}>
        <thead>
          <tr>
            {heads.map((head) => (
              <th key={head}>{head}</th>
            ))}
          </tr>
        </thead>
        <tbody>{rows}</tbody>
      </table>
    </div>
  )
}

/** Whether the house can do its work, as anybody may ask. */
function Health() {
  const health = useRoute(baseContract.health, {})
  if (health.isPending) return <Loading />
  if (!health.data) return <Failure error={health.error} again={() => void health.refetch()} />
  return (
    <Plain
      label="基础设施"
      heads={['检查项', '状态', '说明']}
      none="没有检查项。"
      rows={health.data.checks.map(({ name, ok, detail }) => (
        <tr key={name}>
          <td>{checkTitles[name] ?? name}</td>
          <td>
            <Tag tone={ok ? 'calm' : 'red'}>{ok ? '正常' : '异常'}</Tag>
          </td>
          <td className="num">{detail}</td>
        </tr>
      ))}
    />
  )
}

const listenerRow = ({ actId, listener, topic, caseId, tries, error, nextTry }: FailedListener) => (
  <tr key={`${actId} ${listener}`}>
    <td>
      <Link to={caseLink({ room: topic.split('.')[0] ?? '', id: caseId })}>{topic}</Link>
    </td>
    <td>{listener}</td>
    <td className="num">{tries}</td>
    <td>
      <When at={nextTry} />
    </td>
    <td>{error}</td>
  </tr>
)

function TimerRow({ timer: { caseId, room, action, at, tries, error, givenUp } }: { timer: FailedTimer }) {
  const mayRetry = mayOpen(useSession(), baseContract.retryTimer.permission)
  return (
    <tr>
      <td>
        <Link to={caseLink({ room, id: caseId })}>
          {room}.{action}
        </Link>
      </td>
      <td>
        <When at={at} />
      </td>
      <td className="num">{tries}</td>
      <td>{givenUp ? <Tag tone="red">已停止重试</Tag> : <Tag tone="yellow">重试中</Tag>}</td>
      <td>{error}</td>
      {mayRetry && <td>{givenUp && <Retry timer={{ caseId, action }} of={`${room}.${action}`} />}</td>}
    </tr>
  )
}

/** Sets a timer that was given up going again; what then comes of it is told in the list. */
function Retry({ timer, of }: { timer: Pick<FailedTimer, 'caseId' | 'action'>; of: string }) {
  const send = useSend(baseContract.retryTimer)
  return (
    <>
      <Button
        size="small"
        aria-label={`重新办理 ${of}`}
        loading={send.isPending}
        onClick={() => send.mutate({ body: timer })}
      >
        重新办理
      </Button>
      {send.error && <Failure error={send.error} />}
    </>
  )
}

/** 运行状况: the checks of the house, and the work behind the scenes that failed. */
export function OperationsPage() {
  const failing = useRoute(baseContract.operations, {})
  const mayRetry = mayOpen(useSession(), baseContract.retryTimer.permission)
  const { data } = failing
  return (
    <Page
      title="运行状况"
      lead="后台事项失败后自动重试，只影响所在的案卷；到期事项多次失败后停止重试，排除原因后可以重新办理"
    >
      <Section title="基础设施">
        <Health />
      </Section>
      {failing.isPending && <Loading />}
      {failing.error && <Failure error={failing.error} again={() => void failing.refetch()} />}
      {data && (
        <>
          <Section title="未办成的后台事项" note={`${data.listeners.length} 件`}>
            <Plain
              label="未办成的后台事项"
              heads={['经办事项', '接收方', '已试次数', '下次重试', '原因']}
              none="没有失败的后台事项。"
              rows={data.listeners.map(listenerRow)}
            />
          </Section>
          <Section title="未办成的到期事项" note={`${data.timers.length} 件`}>
            <Plain
              label="未办成的到期事项"
              heads={['到期事项', '应办时间', '已试次数', '状态', '原因', ...(mayRetry ? ['办理'] : [])]}
              none="没有失败的到期事项。"
              rows={data.timers.map((timer) => (
                <TimerRow key={`${timer.caseId} ${timer.action}`} timer={timer} />
              ))}
            />
          </Section>
        </>
      )}
    </Page>
  )
}
