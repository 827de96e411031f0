import { deviceContract, getModel, isActuator, isInterlocked, modeNames } from '@plumbline/core/device'
import { sayInstant } from '@plumbline/core/kit'
import { Button, Popconfirm } from 'antd'
import { useRoute } from '../../../kit/api.ts'
import { sayClause } from '../../../kit/clause.ts'
import { useLegalNow } from '../../../kit/session.tsx'
import { Failure, Facts, Loading, Section } from '../../../kit/ui/index.ts'
import { RunHours } from './RunHours.tsx'
import { useSwitch } from './switching.ts'
import '../telemetry.css'

const soon = 5_000

/** 启停与运行时长 of a sprayer or a fog cannon; of other kinds nothing. */
export function ActuatorPanel({ id }: { id: string }) {
  const device = useRoute(deviceContract.get, { params: { id } }, { refetchInterval: soon })
  const now = useLegalNow()
  if (device.error && !device.data) return <Failure error={device.error} again={() => void device.refetch()} />
  if (!device.data) return <Loading />
  const { record, line, steps } = device.data
  if (!isActuator(record.kind)) return null
  const { interlock, mode } = record
  const locked = interlock && isInterlocked(record, now.toISOString()) ? interlock : null
  const switches = steps.some(({ action }) => action === 'switch')
  const facts = [
    { label: '控制方式', value: mode && modeNames[mode] },
    {
      label: '联锁',
      value: locked ? `${locked.by}：${locked.reason}，${sayInstant(new Date(locked.until))} 前不得启动` : '未设置',
      wide: locked !== null,
    },
    { label: '连线', value: line.connected ? '已连线' : '未连线' },
  ]
  return (
    <>
      <Section title="启停" note="停止不受限制">
        <Facts facts={facts} />
        {switches && (
          <div className="actuator-units">
            {Array.from({ length: getModel(record.modelCode).units ?? 0 }, (_, index) => (
              <UnitSwitch key={index} id={id} unit={index + 1} name={record.name} />
            ))}
          </div>
        )}
        <p className="telemetry-note tiny muted">
          开启以后到最长运行时间由设备自行停止。指令是否生效以设备回报为准。{sayClause('house.actuator')}。
        </p>
      </Section>
      <Section title="运行时长" note="近三十日，由状态数据计算">
        <RunHours id={id} />
      </Section>
    </>
  )
}

/** One pump or valve: on and off, each asked once more before it is sent. */
function UnitSwitch({ id, unit, name }: { id: string; unit: number; name: string }) {
  const { turn, pending, error, sent } = useSwitch(id, unit)
  return (
    <div>
      <b>{unit} 号</b>
      <Popconfirm
        title={`开启${name} ${unit} 号`}
        description="请确认作业范围内没有人员检修。"
        okText="开启"
        cancelText="取消"
        onConfirm={() => turn(true)}
      >
        <Button type="primary" disabled={pending}>
          开启
        </Button>
      </Popconfirm>
      <Popconfirm title={`关闭${name} ${unit} 号`} okText="关闭" cancelText="取消" onConfirm={() => turn(false)}>
        <Button disabled={pending}>关闭</Button>
      </Popconfirm>
      {error && <Failure error={error} />}
      {sent && <span className="muted tiny">指令已下达，回执见下方。</span>}
    </div>
  )
}
