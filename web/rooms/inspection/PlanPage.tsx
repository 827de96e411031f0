import { inspectionContract as contract, type PlanItem } from '@plumbline/core/inspection'
import type { Reply } from '@plumbline/core/kit'
import { Form, Input } from 'antd'
import { type ComponentType, useMemo } from 'react'
import { Link, useParams } from 'react-router'
import { ApiError, useAct, useRoute } from '../../kit/api.ts'
import { markFields } from '../../kit/fields.ts'
import { useToday } from '../../kit/session.tsx'
import {
  CasePage,
  FormButtons,
  Loaded,
  Section,
  StateTag,
  type StepFormProps,
  Steps,
  Timeline,
} from '../../kit/ui/index.ts'
import { MonthGrid, thisMonthIn } from './Calendar.tsx'
import { PlanItems } from './PlanItems.tsx'
import './inspection.css'

/** 修改草案 and 调整计划: the lines anew; an adopted plan is changed for a reason. */
const itemsForm = (items: PlanItem[]): ComponentType<StepFormProps> =>
  function ItemsForm({ step, onSubmit, onCancel, pending }: StepFormProps) {
    const [form] = Form.useForm<{ items: PlanItem[]; reason?: string }>()
    const send = (input: object) =>
      onSubmit(input).catch((error: unknown) => {
        if (error instanceof ApiError) markFields(form, error, ['input'])
      })
    return (
      <Form form={form} layout="vertical" onFinish={(input) => void send(input)} initialValues={{ items }}>
        <Form.Item name="items" label="检查安排">
          <PlanItems />
        </Form.Item>
        {step.action === 'amend' && (
          <Form.Item name="reason" label="调整理由" rules={[{ required: true, message: '请填写' }]}>
            <Input.TextArea rows={2} maxLength={500} />
          </Form.Item>
        )}
        <FormButtons pending={pending} onCancel={onCancel} />
      </Form>
    )
  }

export function PlanPage() {
  const { id = '' } = useParams()
  const found = useRoute(contract.plan, { params: { id } })
  return <Loaded found={found}>{(view) => <Shown view={view} />}</Loaded>
}

function Shown({ view }: { view: Reply<typeof contract.plan> }) {
  const { record, head, steps, acts } = view
  const today = useToday()
  const onAct = useAct(contract.planAct, record.id)
  const forms = useMemo(() => {
    const form = itemsForm(record.items)
    return { edit: form, amend: form }
  }, [record.items])
  return (
    <CasePage
      title={`${record.year} 年监督计划`}
      crumbs={[{ label: '监督计划', to: '/plans' }, { label: record.projectName }]}
      tags={<StateTag label={head.stateLabel} open={head.open} />}
      lead={
        <>
          <Link to={`/project/${record.projectId}`}>{record.projectName}</Link>
          {record.adoptedDay && ` · ${record.adoptedDay} 批准`}
        </>
      }
      side={
        <Section title="现在该做">
          <Steps steps={steps} onAct={onAct} forms={forms} width={860} />
        </Section>
      }
    >
      <Section
        title="计划与完成"
        note={`计划 ${view.items.length} 次，已完成 ${view.items.filter(({ done }) => done).length} 次`}
        padded
      >
        <MonthGrid plan={view} thisMonth={thisMonthIn(record.year, today)} />
      </Section>
      <Section title="经过">
        <Timeline acts={acts} />
      </Section>
    </CasePage>
  )
}
