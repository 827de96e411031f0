import { inspectionContract as contract, type PlanItem } from '@plumbline/core/inspection'
import type { Reply } from '@plumbline/core/kit'
import { Form, Input } from 'antd'
import { type ComponentType, useMemo } from 'react'
import { Link, useParams } from 'react-router'
import { useAct, useRoute } from '../../kit/api.ts'
import { Slot } from '../../kit/panels.tsx'
import { useToday } from '../../kit/session.tsx'
import {
  CasePage,
  Loaded,
  Section,
  StateTag,
  StepForm,
  type StepFormProps,
  Steps,
  Timeline,
} from '../../kit/ui/index.ts'
import { MonthGrid, thisMonthIn } from './Calendar.tsx'
import { PlanItems } from './PlanItems.tsx'
import './inspection.css'

/** 修改草案 and 调整计划: the lines anew; an adopted plan is changed for a reason. */
const itemsForm = (items: PlanItem[]): ComponentType<StepFormProps> =>
  function ItemsForm(props: StepFormProps) {
    return (
      <StepForm step={props} initial={{ items }} label="确认">
        <Form.Item name="items" label="检查安排">
          <PlanItems />
        </Form.Item>
        {props.step.action === 'amend' && (
          <Form.Item name="reason" label="调整理由" rules={[{ required: true, message: '请填写' }]}>
            <Input.TextArea rows={2} maxLength={500} />
          </Form.Item>
        )}
      </StepForm>
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
        <>
          <Section title="现在该做">
            <Steps steps={steps} onAct={onAct} forms={forms} width={860} />
          </Section>
          <Slot name="case" id={record.id} acts={acts} side />
        </>
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
