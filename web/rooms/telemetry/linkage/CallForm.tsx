import { type CallInput, dispatchContract, type Truck } from '@plumbline/core/telemetry'
import { Button, Form, Input, Radio } from 'antd'
import { useNavigate, useSearchParams } from 'react-router'
import { useRoute } from '../../../kit/api.ts'
import { useEntry } from '../../../kit/entry.ts'
import { Empty, Failure, Loading, Section, Tag } from '../../../kit/ui/index.ts'
import './dispatch.css'

const needed = (what: string) => [{ required: true, whitespace: true, message: `请${what}` }]
/** A name such as 洒水车 浙Z1J518 tells the plate. */
const plateIn = (name: string): string | undefined => /[\u4e00-\u9fa5][A-Z][A-Z0-9]{5,6}/.exec(name)?.[0]

/** 调派洒水车 to the project of the address, because of the alarm there, if any. */
export function CallForm() {
  const [params] = useSearchParams()
  const projectId = params.get('project') ?? ''
  const found = useRoute(dispatchContract.trucks, { params: { id: projectId } }, { enabled: projectId !== '' })
  if (projectId === '') return <Empty>请从报警或者项目页面调派洒水车。</Empty>
  if (found.error) return <Failure error={found.error} again={() => void found.refetch()} />
  if (!found.data) return <Loading />
  const { rows, projectName, withinMinutes } = found.data
  return (
    <Section title={projectName} note={`派出后 ${withinMinutes} 分钟内以车载定位到场，否则自动作废`} padded>
      {rows.length > 0 ? (
        <Filled projectId={projectId} alarmId={params.get('alarm')} trucks={rows} />
      ) : (
        <Empty>您管辖的范围内没有登记洒水车。</Empty>
      )}
    </Section>
  )
}

interface FilledProps {
  projectId: string
  alarmId: string | null
  trucks: readonly Truck[]
}

function Filled({ projectId, alarmId, trucks }: FilledProps) {
  const navigate = useNavigate()
  const [form] = Form.useForm<CallInput>()
  const { enter, error, pending } = useEntry(dispatchContract.call, form)
  const first = trucks.find(({ busy, freshness }) => busy === null && freshness === 'live')
  const send = (input: CallInput) =>
    enter({ input: { ...input, projectId, alarmId } }, ({ record }) => void navigate(`/dispatch/${record.id}`))
  const name = ({ truckId }: Partial<CallInput>) => {
    const truck = trucks.find(({ id }) => id === truckId)
    if (truckId) form.setFieldValue('plate', plateIn(truck?.name ?? ''))
  }
  return (
    <Form<CallInput>
      form={form}
      layout="vertical"
      initialValues={{
        truckId: first?.id,
        plate: first && plateIn(first.name),
        ...(alarmId ? { reason: '扬尘报警，现场没有喷淋或者喷淋未能压降' } : {}),
      }}
      onValuesChange={name}
      onFinish={send}
      scrollToFirstError
    >
      <Form.Item name="truckId" label="洒水车" rules={needed('选择洒水车')} className="dispatch-trucks">
        <Radio.Group>
          {trucks.map((truck) => (
            <Radio key={truck.id} value={truck.id} disabled={truck.busy !== null}>
              {truck.name} <Standing truck={truck} />
            </Radio>
          ))}
        </Radio.Group>
      </Form.Item>
      <Form.Item name="plate" label="车牌" rules={needed('填写车牌')}>
        <Input maxLength={8} />
      </Form.Item>
      <Form.Item name="unit" label="作业单位" rules={needed('填写作业单位')}>
        <Input maxLength={60} placeholder="如 城东街道环卫所" />
      </Form.Item>
      <Form.Item name="reason" label="事由" rules={needed('写明事由')}>
        <Input.TextArea autoSize={{ minRows: 2, maxRows: 4 }} maxLength={200} />
      </Form.Item>
      {error && <Failure error={error} />}
      <div className="form-buttons">
        <Button type="primary" htmlType="submit" loading={pending}>
          调派洒水车
        </Button>
      </div>
    </Form>
  )
}

const sayFar = (metres: number) => (metres < 1000 ? `${metres} 米` : `${(metres / 1000).toFixed(1)} 千米`)

function Standing({ truck: { busy, freshness, connected, away } }: { truck: Truck }) {
  if (busy !== null) return <Tag tone="yellow">已派出</Tag>
  return (
    <>
      {freshness === 'live' && connected ? <Tag tone="calm">在线</Tag> : <Tag tone="red">离线，须电话通知</Tag>}{' '}
      {away && <span className="tiny muted num">距工地 {sayFar(away.metres)}</span>}
    </>
  )
}
