import { type Device, deviceContract, getModel, isActuator, isInterlocked, modeNames } from '@plumbline/core/device'
import { sayInstant } from '@plumbline/core/kit'
import { type CommandRow, commandState, commandStates, telemetryContract } from '@plumbline/core/telemetry'
import { Button, Form, Input, InputNumber, Popconfirm } from 'antd'
import { useAct, useRoute } from '../../../kit/api.ts'
import { useLegalNow } from '../../../kit/session.tsx'
import { Failure, Loading, Section, StepForm, type StepFormProps, Steps, Tag } from '../../../kit/ui/index.ts'
import '../telemetry.css'
import './dispatch.css'
import { useSwitch } from './switching.ts'

const soon = 3_000

/** 启停 on the phone, by the thumb of whoever stands beside it; of what cannot be switched nothing. */
export function FieldSwitch({ id }: { id: string }) {
  const device = useRoute(deviceContract.get, { params: { id } }, { refetchInterval: soon })
  const commands = useRoute(telemetryContract.commands, { params: { id } }, { refetchInterval: soon })
  const act = useAct(deviceContract.tend, id)
  if (device.error && !device.data) return <Failure error={device.error} again={() => void device.refetch()} />
  if (!device.data) return <Loading />
  const { record, line, steps } = device.data
  if (!isActuator(record.kind)) return null
  const may = steps.some(({ action }) => action === 'switch')
  const locking = steps.filter(({ action }) => action === 'interlock' || action === 'release')
  const own = (commands.data?.rows ?? []).filter(({ deviceId }) => deviceId === id)
  return (
    <>
      <Section title="启停" note={line.connected ? '已连线' : '未连线，不能启动'}>
        <Standing device={record} />
        {Array.from({ length: getModel(record.modelCode).units ?? 0 }, (_, index) => (
          <Unit
            key={index}
            device={record}
            unit={index + 1}
            may={may}
            last={own.find((one) => one.unit === index + 1)}
          />
        ))}
      </Section>
      {locking.length > 0 && (
        <Section title="联锁" note="检修时禁止启动；停止不受限制">
          <Steps steps={locking} onAct={act} forms={{ interlock: InterlockForm }} />
        </Section>
      )}
    </>
  )
}

const modeWords = {
  manual: '只由人员启停',
  automatic: '报警时自动启停，人员也可启停',
  interlocked: '报警时自动启停，现场可以联锁',
} as const

/** How it is controlled, and who forbids a start. */
function Standing({ device: { mode, interlock } }: { device: Device }) {
  const now = useLegalNow().toISOString()
  const locked = interlock && isInterlocked({ interlock }, now) ? interlock : null
  return (
    <>
      {mode && (
        <p className="telemetry-alarm">
          <Tag tone="blue">{modeNames[mode]}</Tag> <span className="muted">{modeWords[mode]}</span>
        </p>
      )}
      {locked && (
        <p className="telemetry-alarm">
          <Tag tone="yellow">已联锁</Tag> {locked.by}：{locked.reason}，{sayInstant(new Date(locked.until))} 前不得启动
        </p>
      )}
    </>
  )
}

interface UnitProps {
  device: Device
  unit: number
  may: boolean
  last: CommandRow | undefined
}

function Unit({ device, unit, may, last }: UnitProps) {
  const { turn, pending, error } = useSwitch(device.id, unit)
  return (
    <>
      {last && <Marks row={last} />}
      {may && (
        <div className="switch-units">
          <div>
            <b>{unit} 号</b>
            <Popconfirm
              title={`开启${device.name} ${unit} 号`}
              description="请确认作业范围内没有人员检修。"
              okText="开启"
              cancelText="取消"
              onConfirm={() => turn(true)}
            >
              <Button type="primary" disabled={pending}>
                开启
              </Button>
            </Popconfirm>
            <Button disabled={pending} onClick={() => turn(false)}>
              关闭
            </Button>
            {error && <Failure error={error} />}
          </div>
        </div>
      )}
    </>
  )
}

/** The last order with what the device has said of it, and for how long it still holds. */
function Marks({ row }: { row: CommandRow }) {
  const now = useLegalNow()
  const state = commandState(row, now.toISOString())
  const left = Math.ceil((Date.parse(row.expiresAt) - now.getTime()) / 1000)
  const waits = state === 'waiting' || state === 'sent'
  const wrong = state === 'unacknowledged' || state === 'refused' || state === 'unsent'
  return (
    <>
      <p className="telemetry-alarm" aria-live="polite">
        <Tag tone={wrong ? 'red' : state === 'effective' ? 'calm' : 'blue'}>{commandStates[state]}</Tag>{' '}
        {row.on ? '开启' : '关闭'} {row.unit} 号{' '}
        <span className="num">{sayInstant(new Date(row.createdAt)).slice(5)}</span>{' '}
        <span className="muted">{row.by ? row.by.name : '报警联动'}</span>
        {waits && left > 0 && <span className="tiny muted num"> 指令还有 {left} 秒有效</span>}
        {row.on && state === 'effective' && (
          <span className="tiny muted"> 最长运行 {Math.round(row.maxRunSeconds / 60)} 分钟，到时自行停止</span>
        )}
      </p>
      <ol className="switch-marks" aria-label="设备回执">
        <Mark name="接受" at={row.acceptedAt} />
        <Mark name="执行" at={row.executedAt} />
        <Mark name="生效" at={row.effectiveAt} />
      </ol>
    </>
  )
}

const Mark = ({ name, at }: { name: string; at: string | null }) => (
  <li className={at ? 'switch-done' : undefined}>
    <b>
      {at ? '✓' : '○'} {name}
    </b>
    <span className="tiny num">{at ? clock(at) : '未收到'}</span>
  </li>
)

/** Seconds matter here: 14:05:09. */
const clock = (at: string) => new Date(Date.parse(at) + 8 * 3_600_000).toISOString().slice(11, 19)

const InterlockForm = (props: StepFormProps) => (
  <StepForm<{ hours: number; reason: string }> step={props} initial={{ hours: 2 }}>
    <Form.Item name="hours" label="时长（小时）" rules={[{ required: true, message: '请填写时长' }]}>
      <InputNumber min={1} precision={0} inputMode="numeric" />
    </Form.Item>
    <Form.Item name="reason" label="原因" rules={[{ required: true, whitespace: true, min: 2, message: '请写明原因' }]}>
      <Input.TextArea autoSize={{ minRows: 2, maxRows: 4 }} maxLength={200} placeholder="如 正在检修水泵" />
    </Form.Item>
  </StepForm>
)
