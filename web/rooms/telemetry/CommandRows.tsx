import { requestReturns } from '@plumbline/core/codec/hj212'
import { sayInstant } from '@plumbline/core/kit'
import { type CommandRow, commandState, commandStates } from '@plumbline/core/telemetry'
import { Link } from 'react-router'
import { useLegalNow } from '../../kit/session.tsx'
import { Empty, Tag, When } from '../../kit/ui/index.ts'
import './telemetry.css'

/** How long after the sending a mark came, to a tenth of a second. */
const lag = (from: string | null, to: string | null): string =>
  from && to ? `${Math.max(0, (Date.parse(to) - Date.parse(from)) / 1000).toFixed(1)} 秒` : ''

interface CommandRowsProps {
  rows: readonly CommandRow[]
  /** The device or alarm on whose page these stand: it is not linked to itself. */
  page: string
  /** The phone has no page for devices. */
  linked?: boolean
}

/** The orders to sprayers, each with its marks; one that has not come is drawn empty, never left out. */
export function CommandRows({ rows, page, linked = true }: CommandRowsProps) {
  const now = useLegalNow().toISOString()
  if (rows.length === 0) return <Empty>没有发出过喷淋指令。</Empty>
  return (
    <ul className="commands">
      {rows.map((row) => (
        <li key={row.id}>
          <div>
            <When at={row.createdAt} />
            <b>{row.to ? '前往作业地点喷洒' : `${row.on ? '开启' : '关闭'} ${row.unit} 号`}</b>
            {row.deviceId !== page &&
              (linked ? <Link to={`/device/${row.deviceId}`}>{row.deviceName}</Link> : row.deviceName)}
            {row.by && <span>{row.by.name} 手动</span>}
            {row.alarmId && row.alarmId !== page && <Link to={`/alarm/${row.alarmId}`}>所据报警</Link>}
            {!row.sentAt && row.dueAt > now && (
              <span className="muted">间歇中，{sayInstant(new Date(row.dueAt))} 发出</span>
            )}
            <StateMark row={row} now={now} />
          </div>
          <ol aria-label="回执">
            <Mark name="发出" at={row.sentAt} />
            <Mark name="接受" at={row.acceptedAt} after={lag(row.sentAt, row.acceptedAt)} />
            <Mark name="执行" at={row.executedAt} after={lag(row.sentAt, row.executedAt)} />
            <Mark name="生效" at={row.effectiveAt} />
          </ol>
        </li>
      ))}
    </ul>
  )
}

function StateMark({ row, now }: { row: CommandRow; now: string }) {
  const state = commandState(row, now)
  const wrong = state === 'unacknowledged' || state === 'refused' || state === 'unsent'
  const code = row.refusedCode === null ? '' : `（${requestReturns[row.refusedCode] ?? row.refusedCode}）`
  return (
    <Tag tone={wrong ? 'red' : state === 'effective' ? 'calm' : 'blue'}>
      {commandStates[state]}
      {code}
    </Tag>
  )
}

function Mark({ name, at, after }: { name: string; at: string | null; after?: string }) {
  return (
    <li className={at ? 'command-done' : undefined}>
      {at ? '✓' : '○'} {name}
      {at && after && <span className="tiny muted num"> {after}</span>}
      {!at && <span className="tiny muted">{name === '发出' ? ' 未发出' : ' 未收到'}</span>}
    </li>
  )
}
