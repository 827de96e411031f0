import {
  type Dispatch,
  dispatchContract,
  dispatchWorkflow,
  type DispatchView,
  type DustEffect,
} from '@plumbline/core/telemetry'
import { Form, Input } from 'antd'
import { type ComponentType, type ReactNode } from 'react'
import { Link, useParams } from 'react-router'
import { useAct, useRoute } from '../../../kit/api.ts'
import {
  Empty,
  type FailedProps,
  Facts,
  Loaded,
  Section,
  StateTag,
  StepForm,
  type StepFormProps,
  Steps,
  Tag,
  Timeline,
  When,
} from '../../../kit/ui/index.ts'
import { CommandRows } from '../CommandRows.tsx'
import '../telemetry.css'
import './dispatch.css'
import { TrackMap } from './TrackMap.tsx'

interface DispatchFrameProps {
  Failed?: ComponentType<FailedProps>
  children: (view: DispatchView) => ReactNode
}

/** The call of the address, at the desk and on the phone alike; a truck moves without acts. */
export function DispatchFrame({ Failed, children }: DispatchFrameProps) {
  const { id = '' } = useParams()
  const found = useRoute(dispatchContract.get, { params: { id } }, { refetchInterval: 10_000 })
  return (
    <Loaded found={found} {...(Failed ? { Failed } : {})}>
      {children}
    </Loaded>
  )
}

/** One that never came is loud; the others are not. */
export function DispatchTag({ state }: Pick<Dispatch, 'state'>) {
  if (state === null) return null
  const { label, ...more } = dispatchWorkflow.states[state] as { label: string; final?: true }
  return state === 'lapsed' ? <Tag tone="yellow">{label}</Tag> : <StateTag label={label} open={!more.final} />
}

const FinishForm = (props: StepFormProps) => (
  <StepForm<{ note?: string }> step={props} inputOf={({ note }) => ({ note: note ?? '' })}>
    <Form.Item name="note" label="说明">
      <Input.TextArea autoSize={{ minRows: 2, maxRows: 6 }} maxLength={200} />
    </Form.Item>
  </StepForm>
)

const CancelForm = (props: StepFormProps) => (
  <StepForm<{ note: string }> step={props}>
    <Form.Item
      name="note"
      label="取消的原因"
      rules={[{ required: true, whitespace: true, min: 2, message: '请写明取消的原因' }]}
    >
      <Input.TextArea autoSize={{ minRows: 2, maxRows: 6 }} maxLength={200} />
    </Form.Item>
  </StepForm>
)

const forms = { finish: FinishForm, cancel: CancelForm }

export function DispatchSteps({ view }: { view: DispatchView }) {
  const act = useAct(dispatchContract.act, view.record.id)
  return <Steps steps={view.steps} onAct={act} forms={forms} note="是否到场由车载定位认定，不由人填报。" />
}

/** Facts, the way, orders, before and after, 经过: the same on the desk and on the phone. */
export function DispatchParts({ view, linked }: { view: DispatchView; linked: boolean }) {
  const { record, track, commands, acts, near } = view
  return (
    <>
      <Section title="事实">
        <Facts facts={factsOf(view)} />
      </Section>
      <Section title="行车轨迹" note={`车载定位；距工地 ${near} 米以内为到场`} padded>
        {track.length > 0 ? (
          <TrackMap track={track} place={record.place} near={near} arrivedAt={record.arrival?.at ?? null} />
        ) : (
          <Empty>派车以后还没有收到定位。</Empty>
        )}
      </Section>
      <Effects view={view} />
      <Section title="车载终端指令" note="接受、执行、生效分别由终端回报">
        {commands.every(({ sentAt }) => sentAt === null) && (
          <p className="telemetry-alarm">终端没有连线或者没有及时接收，请电话通知作业单位。</p>
        )}
        <CommandRows rows={commands} page={record.truckId} linked={linked} />
      </Section>
      <Section title="经过">
        <Timeline acts={acts} />
      </Section>
    </>
  )
}

const factsOf = ({ record }: DispatchView) => [
  { label: '项目', value: <Link to={`/project/${record.projectId}`}>{record.projectName}</Link> },
  { label: '车牌', value: <span className="num">{record.plate}</span> },
  { label: '作业单位', value: record.unit },
  { label: '车载终端', value: <Link to={`/device/${record.truckId}`}>{record.truckName}</Link> },
  { label: '事由', value: record.reason, wide: true },
  ...(record.alarmId ? [{ label: '所据报警', value: <Link to={`/alarm/${record.alarmId}`}>查看报警</Link> }] : []),
  { label: '调派', value: <Who by={record.called} /> },
  { label: '到场时限', value: <When at={record.dueAt} /> },
  {
    label: '定位到场',
    value: record.arrival && (
      <>
        <When at={record.arrival.at} /> 距工地 <span className="num">{record.arrival.metres}</span> 米
      </>
    ),
  },
  ...(record.ended ? [{ label: '结束', value: <Who by={record.ended} />, wide: true }] : []),
  ...(record.ended?.note ? [{ label: '说明', value: record.ended.note, wide: true }] : []),
]

const Who = ({ by }: { by: { name: string; at: string } }) => (
  <>
    {by.name} <When at={by.at} />
  </>
)

const say = (value: number | null, unit: string) =>
  value === null ? <span className="muted">没有数据</span> : `${value.toFixed(1)} ${unit}`

/** What became of it, with a sign: never by colour alone. */
function sayChange({ before, after }: DustEffect): string {
  if (before === null || after === null || before === 0) return '—'
  const percent = Math.round(((after - before) / before) * 100)
  return percent === 0 ? '持平' : percent < 0 ? `下降 ${-percent} %` : `上升 ${percent} %`
}

function Effects({ view: { effects, compare, record } }: { view: DispatchView }) {
  if (!record.arrival || effects.length === 0) return null
  return (
    <Section title="作业前后" note={`到场前 ${compare.minutes} 分钟与最近 ${compare.minutes} 分钟的均值`}>
      <table className="plain num">
        <thead>
          <tr>
            <th>监测</th>
            <th>作业前</th>
            <th>作业后</th>
            <th>变化</th>
          </tr>
        </thead>
        <tbody>
          {effects.map((one) => (
            <tr key={`${one.deviceId} ${one.quantity}`}>
              <td>
                {one.name}
                <div className="tiny muted">{one.deviceName}</div>
              </td>
              <td>{say(one.before, one.unit)}</td>
              <td>{say(one.after, one.unit)}</td>
              <td>{sayChange(one)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="telemetry-note tiny muted">
        {compare.after === null
          ? `到场满 ${compare.minutes} 分钟以后给出作业后的均值。`
          : '同一时段的风和降雨也影响浓度，变化不全是洒水的结果。'}
      </p>
    </Section>
  )
}
