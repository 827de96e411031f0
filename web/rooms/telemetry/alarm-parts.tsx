import { sayInstant } from '@plumbline/core/kit'
import { sayAlarmLimit, sayValue, telemetryContract } from '@plumbline/core/telemetry'
import { lazy, Suspense, useMemo } from 'react'
import { Link, useParams } from 'react-router'
import { useAct, useRoute } from '../../kit/api.ts'
import { sayClause } from '../../kit/clause.ts'
import { mayOpen, useSession } from '../../kit/session.tsx'
import { Empty, type Fact, Facts, Loading, Section, Steps, Tag, Timeline, When } from '../../kit/ui/index.ts'
import { alarmForms } from './alarm-forms.tsx'
import type { AlarmView } from './AroundChart.tsx'
import { CommandRows } from './CommandRows.tsx'
import { AlarmDispatches } from './linkage/panels.tsx'

const AroundChart = lazy(async () => ({ default: (await import('./AroundChart.tsx')).AroundChart }))

/** The alarm of the address. Its orders' marks move within seconds. */
export function useAlarm() {
  const { id = '' } = useParams()
  return useRoute(telemetryContract.alarm, { params: { id } }, { refetchInterval: 5_000 })
}

export function AlarmSteps({ view: { record, steps, shelveMost }, note }: { view: AlarmView; note?: string }) {
  const act = useAct(telemetryContract.act, record.id)
  const forms = useMemo(() => alarmForms(shelveMost), [shelveMost])
  return <Steps steps={steps} onAct={act} forms={forms} note={note} />
}

interface PartsProps {
  view: AlarmView
  /** The phone has no pages for devices and for drafting papers. */
  linked: boolean
}

/** Facts, values around, orders, messages and 经过: the same on the desk and on the phone. */
export function AlarmParts({ view, linked }: PartsProps) {
  const { record, commands, acts, withheld } = view
  return (
    <>
      <AlarmFacts view={view} linked={linked} />
      <Around view={view} />
      {(commands.length > 0 || withheld || record.cause === 'pm25_spray') && (
        <Section title="喷淋联动" note="接受、执行、生效分别由设备回报">
          {withheld && <p className="telemetry-alarm">{sayWithheld(withheld)}</p>}
          <CommandRows rows={commands} page={record.id} linked={linked} />
        </Section>
      )}
      {record.deviceKind === 'dust' && <AlarmDispatches alarmId={record.id} projectId={record.projectId} />}
      <Measures view={view} linked={linked} />
      <Messages view={view} />
      <Section title="经过">
        <Timeline acts={acts} />
      </Section>
    </>
  )
}

/** Why the linked actuator was not started. */
function sayWithheld({ deviceName, because, interlock }: NonNullable<AlarmView['withheld']>): string {
  if (because === 'manual') return `${deviceName}为手动方式，未自动开启。`
  const why = interlock ? `（${interlock.by}：${interlock.reason}）` : ''
  return `${deviceName}已联锁${why}，未自动开启。`
}

const sayUsefulness = ({ useful, by, reason }: NonNullable<AlarmView['record']['usefulness']>) =>
  `${useful ? '有用' : '误报'}（${by}）${reason && `：${reason}`}`

function AlarmFacts({ view: { record }, linked }: PartsProps) {
  const { projectId, projectName, deviceId, deviceName, usefulness, shelf } = record
  const facts: Fact[] = [
    { label: '项目', value: <Link to={`/project/${projectId}`}>{projectName}</Link> },
    { label: '监测设备', value: linked ? <Link to={`/device/${deviceId}`}>{deviceName}</Link> : deviceName },
    { label: '数据时间', value: <When at={record.raisedAt} /> },
    { label: '数值', value: <span className="num">{sayValue(record)}</span> },
    { label: '限值', value: <span className="num">{sayAlarmLimit(record)}</span> },
    { label: '依据', value: sayClause(record.limit.clause) },
    { label: '确认', value: record.acknowledgedBy },
    ...(shelf && record.state === 'shelved'
      ? [{ label: '搁置', value: `${shelf.by}：${shelf.reason}，至 ${sayInstant(new Date(shelf.until))}` }]
      : []),
    ...(usefulness ? [{ label: '评价', value: sayUsefulness(usefulness) }] : []),
    { label: '解除时间', value: record.clearedAt && <When at={record.clearedAt} /> },
  ]
  return (
    <Section title="事实" note="预警（自动监测）">
      <Facts facts={facts} />
      <p className="telemetry-note tiny muted">
        在线监测设备用于预警，不是法定测量。处罚须另附依法出具的监测或者检测报告。
      </p>
    </Section>
  )
}

function Around({ view }: { view: AlarmView }) {
  const { lines, marks } = view.around
  const heard = lines.some(({ points }) => points.length > 0)
  return (
    <Section title="前后数值" note="同一时间轴：本项、同一设备、同一工地" padded>
      {heard ? (
        <Suspense fallback={<Loading />}>
          <AroundChart view={view} />
        </Suspense>
      ) : (
        <Empty>没有保存的数值。</Empty>
      )}
      {marks.length > 0 && (
        <ol className="telemetry-marks" aria-label="同一时段的办理、指令与事件">
          {marks
            .toSorted((one, other) => (one.at < other.at ? -1 : 1))
            .map(({ at, text }, index) => (
              <li key={`${at} ${index}`}>
                <span className="num muted">{sayInstant(new Date(at)).slice(11)}</span> {text}
              </li>
            ))}
        </ol>
      )}
    </Section>
  )
}

const measureWords = { inspection: '监督检查', rectification: '责令整改文书' } as const

/** What rests on the alarm, and the ways from it to the officer's own act. */
function Measures({ view: { record }, linked }: PartsProps) {
  const session = useSession()
  const officer = mayOpen(session, 'rectification.order')
  if (record.measures.length === 0 && !officer) return null
  const from = `project=${record.projectId}&alarm=${record.id}`
  const machine = record.deviceKind === 'crane' || record.deviceKind === 'hoist'
  return (
    <Section title="据此采取的措施" note="检查与文书由监督员本人办理" padded>
      {record.measures.length === 0 && <p className="muted">还没有。</p>}
      <ul className="telemetry-measures">
        {record.measures.map(({ room, caseId, at }) => (
          <li key={caseId}>
            <Link to={`/${room}/${caseId}`}>{measureWords[room]}</Link> <When at={at} />
          </li>
        ))}
      </ul>
      {officer && (
        <p className="telemetry-ways">
          <Link to={`/inspections/new?${from}`}>发起监督检查</Link>
          {linked && (
            <Link to={`/rectification/new?${from}`}>{machine ? '拟制停用该设备的停工文书' : '拟制整改文书'}</Link>
          )}
        </p>
      )}
    </Section>
  )
}

function Messages({ view: { messages, beside, record } }: { view: AlarmView }) {
  return (
    <Section title="告知">
      {messages.length === 0 && (
        <Empty>{record.state === 'shelved' ? '搁置期间不告知任何人。' : '还没有告知任何人。'}</Empty>
      )}
      <ul className="rows telemetry-rows">
        {messages.map(({ id, who, title, createdAt, readAt, escalated }) => (
          <li key={id}>
            <When at={createdAt} />
            <div>
              {who}
              <div className="tiny muted">{title}</div>
            </div>
            {readAt ? (
              <span>
                <Tag tone="calm">已读</Tag>{' '}
                <span className="tiny muted num">{sayInstant(new Date(readAt)).slice(11)}</span>
              </span>
            ) : (
              <Tag tone="yellow">{escalated ? '未读，已转报' : '未读'}</Tag>
            )}
          </li>
        ))}
      </ul>
      {beside.length > 0 && (
        <p className="telemetry-note tiny muted">
          与此一并告知的还有 {beside.length} 台设备：
          {beside.map(({ id, deviceName }, index) => (
            <span key={id}>
              {index > 0 && '、'}
              <Link to={`/alarm/${id}`}>{deviceName}</Link>
            </span>
          ))}
        </p>
      )}
    </Section>
  )
}
