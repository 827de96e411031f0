import { telemetryContract } from '@plumbline/core/telemetry'
import { Form, Input } from 'antd'
import { lazy, Suspense } from 'react'
import { Link, useParams } from 'react-router'
import { ApiError, useRoute } from '../../kit/api.ts'
import { sayClause } from '../../kit/clause.ts'
import { markFields } from '../../kit/fields.ts'
import {
  Empty,
  Facts,
  FormButtons,
  Loading,
  Section,
  type StepFormProps,
  Tag,
  Timeline,
  When,
} from '../../kit/ui/index.ts'
import type { AlarmView } from './AroundChart.tsx'
import { CommandRows } from './CommandRows.tsx'

const AroundChart = lazy(async () => ({ default: (await import('./AroundChart.tsx')).AroundChart }))

/** The alarm of the address. Its orders' marks move within seconds. */
export function useAlarm() {
  const { id = '' } = useParams()
  return useRoute(telemetryContract.alarm, { params: { id } }, { refetchInterval: 5_000 })
}

const whom = (recipient: string): string =>
  recipient.startsWith('s:')
    ? '指派的监督员'
    : recipient.startsWith('u:')
      ? '项目经理'
      : recipient.startsWith('o:')
        ? '施工单位总部'
        : '监督站'

/** Facts, values around, orders, messages and 经过: the same on the desk and on the phone. */
export function AlarmParts({ view, linked }: { view: AlarmView; linked: boolean }) {
  const { record, around, commands, messages, acts } = view
  const { projectId, projectName, deviceId, deviceName, unit } = record
  return (
    <>
      <Section title="事实">
        <Facts
          facts={[
            { label: '项目', value: <Link to={`/project/${projectId}`}>{projectName}</Link> },
            { label: '监测点', value: linked ? <Link to={`/device/${deviceId}`}>{deviceName}</Link> : deviceName },
            { label: '数据时间', value: <When at={record.raisedAt} /> },
            { label: record.quantityName, value: <span className="num">{`${record.value} ${unit}`}</span> },
            { label: '喷淋启动值', value: <span className="num">{`大于 ${record.limitValue} ${unit}`}</span> },
            { label: '依据', value: sayClause(record.clause) },
            { label: '确认', value: record.acknowledgedBy },
            { label: '解除时间', value: record.clearedAt && <When at={record.clearedAt} /> },
          ]}
        />
      </Section>
      <Section title="报警前后数值" note="预警（自动监测）" padded>
        {around.length === 0 ? (
          <Empty>没有保存的数值。</Empty>
        ) : (
          <Suspense fallback={<Loading />}>
            <AroundChart view={view} />
          </Suspense>
        )}
      </Section>
      <Section title="喷淋联动" note="接受、执行、生效分别由设备回报">
        <CommandRows rows={commands} page={record.id} linked={linked} />
      </Section>
      <Section title="告知">
        <ul className="rows telemetry-rows">
          {messages.map(({ recipient, level, createdAt, readAt, escalated }) => (
            <li key={recipient + level}>
              <When at={createdAt} />
              <span>{whom(recipient)}</span>
              {readAt ? <Tag tone="calm">已读</Tag> : <Tag tone="yellow">{escalated ? '未读，已转报' : '未读'}</Tag>}
            </li>
          ))}
        </ul>
      </Section>
      <Section title="经过">
        <Timeline acts={acts} />
      </Section>
    </>
  )
}

function AcknowledgeForm({ step, onSubmit, onCancel, pending }: StepFormProps) {
  const [form] = Form.useForm<{ note?: string }>()
  const submit = async ({ note = '' }: { note?: string }) => {
    try {
      await onSubmit({ note })
    } catch (error) {
      if (error instanceof ApiError) markFields(form, error, ['input'])
    }
  }
  return (
    <Form form={form} layout="vertical" onFinish={(draft) => void submit(draft)}>
      <Form.Item name="note" label="采取的措施" extra="可以不填">
        <Input.TextArea rows={3} maxLength={200} showCount />
      </Form.Item>
      <FormButtons pending={pending} onCancel={onCancel} label={step.label} />
    </Form>
  )
}

export const alarmForms = { acknowledge: AcknowledgeForm }
